import { Fault } from '../api/fault';
import type { ClockRead } from '../session/clock-read';

/** A year with many passes takes longer than one request may; each further try continues the move. */
const triesMax = 30;

/** What a move asks of the service. Each rejects with a Fault if the service does not answer, or refuses. */
export interface ClockRequests {
  /** The number of running passes that end until then. */
  countEnds: (toMs: number) => Promise<number>;
  advance: (toMs: number) => Promise<ClockRead>;
  readClock: () => Promise<ClockRead>;
  /** Resolves when the next try may begin. */
  pause: () => Promise<void>;
}

/**
 * Moves the account's clock to an instant. It is not moved by a duration, so that a repeated request moves it
 * only once.
 *
 * If an answer is lost, the service may have moved the clock. It then refuses the next try, because the
 * target is past, or because the person's own pass has ended. The clock itself shows whether it is there.
 */
export async function moveClock(
  toMs: number,
  { countEnds, advance, readClock, pause }: ClockRequests,
): Promise<{ clock: ClockRead; ended: number }> {
  // Counted before the move, once: afterwards the passes no longer run.
  let ended: number | null = null;
  let isUnsure = false;
  for (let tries = 1; ; tries += 1) {
    try {
      ended ??= await countEnds(toMs);
      try {
        return { clock: await advance(toMs), ended };
      } catch (error) {
        isUnsure ||= isPassing(error);
        const clock = isUnsure ? await readClock() : null;
        if (clock && clock.serviceMs >= toMs) return { clock, ended };
        throw error;
      }
    } catch (error) {
      if (isFinal(error, isUnsure) || tries === triesMax) throw error;
      await pause();
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Fault && error.isPassing;
}

/** Without a sign-in nothing is tried again: the next sign-in may be another person's. */
function isFinal(error: unknown, isUnsure: boolean): boolean {
  const isSignedOut = error instanceof Fault && error.code === 'UNAUTHENTICATED';
  return isSignedOut || !(isUnsure || isPassing(error));
}
