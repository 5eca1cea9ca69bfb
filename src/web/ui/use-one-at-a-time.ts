import { useRef } from 'react';

/** The same act, which is not begun again while it is under way: a second click comes before a redraw. */
export function useOneAtATime<Given extends unknown[]>(
  act: (...given: Given) => Promise<void>,
): (...given: Given) => void {
  const isUnderWay = useRef(false);
  return (...given) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    void act(...given).finally(() => {
      isUnderWay.current = false;
    });
  };
}
