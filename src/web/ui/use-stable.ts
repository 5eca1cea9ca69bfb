import { useCallback, useEffect, useRef } from 'react';

/**
 * A function that stays the same object and calls the newest one. For parts that are drawn again only if
 * what they are given changes. Not to be called while something is drawn.
 */
export function useStable<Given extends unknown[]>(
  act: (...given: Given) => void,
): (...given: Given) => void {
  const newest = useRef(act);
  useEffect(() => {
    newest.current = act;
  });
  return useCallback((...given: Given) => newest.current(...given), []);
}
