import { useRef } from 'react';

/**
 * A key for one act: however often it is sent, by clicks or after a dropped network, it happens once.
 * `renew` when it has happened, so that the next is another. `sent` is the key of one that was sent
 * before this page was there, where nobody knows what became of it.
 */
export function useOnceKey(sent: string | null = null): { key: () => string; renew: () => void } {
  const kept = useRef(sent);
  return {
    key: () => (kept.current ??= crypto.randomUUID()),
    renew: () => (kept.current = null),
  };
}
