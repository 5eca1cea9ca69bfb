import type { Principal } from '../access/principal';
import type { Limits } from '../core/limits';
import { DomainError } from '../core/domain-error';
import { Buckets } from './buckets';
import { rateLimitKey } from './rate-limit-key';

const minute = 60;
const testsPerMinute = 10;

/**
 * How often a principal may call a field that attackers could use for guessing or overload. Each
 * call counts, under any alias and at any door, before any work is done for it.
 */
export class CallLimit {
  private readonly consume: Buckets;
  /** Calls with a forged token are counted separately: they use up no genuine call. */
  private readonly guesses: Buckets;
  /** Tests of webhooks: they go to servers that are not ours. */
  private readonly tests = new Buckets({ max: testsPerMinute, perSecond: testsPerMinute / minute });

  constructor({ consumeCalls, consumeCallsPerMinute }: Limits) {
    const rate = { max: consumeCalls, perSecond: consumeCallsPerMinute / minute };
    this.consume = new Buckets(rate);
    this.guesses = new Buckets(rate);
  }

  /** Throws RATE_LIMITED if there were too many recently. */
  countConsume(principal: Principal, { isGenuine }: { isGenuine: boolean }): void {
    const calls = isGenuine ? this.consume : this.guesses;
    const { isGranted, retryAfterMs } = calls.take(rateLimitKey(principal), 1);
    if (isGranted) return;
    const message = 'consumeDayPass was called too often. Wait a moment, then try again.';
    throw new DomainError('RATE_LIMITED', message, { retryAfterMs });
  }

  /** Throws RATE_LIMITED if the account sent too many tests recently. */
  countTest(accountId: string): void {
    const { isGranted, retryAfterMs } = this.tests.take(accountId, 1);
    if (isGranted) return;
    const message = 'Too many tests were sent. Wait a moment, then try again.';
    throw new DomainError('RATE_LIMITED', message, { retryAfterMs });
  }
}
