import { useRef } from 'react';

/**
 * A key for one act: however often it is sent, by clicks or after a dropped network, it happens once.
 * `renew` when it has happened, so that the next is another.
 */
export function useOnceKey(): { key: () => string; renew: () => void } {
  const kept = useRef<string | null>(null);
  return {
    key: () => (kept.current ??= crypto.randomUUID()),
    renew: () => (kept.current = null),
  };
}
