import { useEffect, useMemo, useRef } from 'react';

/** Runs an action once after a moment, however often it is requested until then. */
export function useSoon(act: () => void, withinMs = 700): () => void {
  const newest = useRef(act);
  const timer = useRef(0);
  useEffect(() => {
    newest.current = act;
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return useMemo(
    () => () => {
      // A pending run is not postponed: otherwise an endless burst would postpone it without end.
      if (timer.current) return;
      timer.current = window.setTimeout(() => {
        timer.current = 0;
        newest.current();
      }, withinMs);
    },
    [withinMs],
  );
}
