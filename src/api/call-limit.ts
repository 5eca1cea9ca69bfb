import type { Principal } from '../access/principal';
import type { Limits } from '../core/config';
import { DomainError } from '../core/domain-error';
import { Buckets } from './buckets';
import { whose } from './whose';

const minute = 60;

/**
 * How often a principal may call a field that must not be guessed at or hammered. Each call counts by
 * itself, under whatever alias and at whatever door, before anything is done for it.
 */
export class CallLimit {
  private readonly consume: Buckets;

  constructor({ consumeCalls, consumeCallsPerMinute }: Limits) {
    this.consume = new Buckets({ max: consumeCalls, perSecond: consumeCallsPerMinute / minute });
  }

  /** Throws RATE_LIMITED where there were too many of late. */
  countConsume(principal: Principal): void {
    const { isGranted, retryAfterMs } = this.consume.take(whose(principal), 1);
    if (isGranted) return;
    const message = 'consumeDayPass was called too often; wait a moment.';
    throw new DomainError('RATE_LIMITED', message, { retryAfterMs });
  }
}
