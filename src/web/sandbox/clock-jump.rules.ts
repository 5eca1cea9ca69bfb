import type { ClockRead } from '../session/clock-read';

/** A smaller difference may come from two machines whose clocks run at different speeds. */
const jumpMs = 3_000;

/**
 * Whether an instant of the account's clock, read at `readAtMs`, is later than a clock that was not moved
 * since `before` could show. The delay of an answer is not a move: the service read the clock at some time
 * between the request and the answer.
 */
export function isJump(
  instant: { serviceMs: number; readAtMs: number },
  before: Pick<ClockRead, 'serviceMs' | 'askedAtMs'>,
): boolean {
  const passedMs = instant.readAtMs - before.askedAtMs;
  return instant.serviceMs - before.serviceMs - passedMs > jumpMs;
}
