import type { Principal } from '../../access/principal';
import type { Services } from '../../api/services';

/** The longest time that a timer of Node can wait; a longer one fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Notifies an open connection when its credential ends. The returned function releases the
 * connection.
 */
export function whenBearerEnds(
  { clock }: Services,
  { expiresAtMs }: Principal,
  onEnd: () => void,
): () => void {
  let timer: NodeJS.Timeout;
  const look = () => {
    const leftMs = expiresAtMs - clock.nowMs();
    if (leftMs <= 0) return onEnd();
    timer = setTimeout(look, Math.min(Math.ceil(leftMs), longestTimerMs));
  };
  // Never at once: the caller has not stored the returned function yet.
  timer = setTimeout(look, 0);
  return () => clearTimeout(timer);
}
