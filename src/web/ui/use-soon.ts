import { useEffect, useMemo, useRef } from 'react';

/** Does it in a moment, once, however often it is asked for until then. */
export function useSoon(act: () => void, withinMs = 700): () => void {
  const newest = useRef(act);
  const timer = useRef(0);
  useEffect(() => {
    newest.current = act;
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return useMemo(
    () => () => {
      // One that is due stays due: a burst without end would otherwise put it off for ever.
      if (timer.current) return;
      timer.current = window.setTimeout(() => {
        timer.current = 0;
        newest.current();
      }, withinMs);
    },
    [withinMs],
  );
}
