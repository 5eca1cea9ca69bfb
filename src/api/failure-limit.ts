import type { Limits } from '../core/config';
import { Buckets } from './buckets';
import { networkOf } from './whose';

const minute = 60;

/**
 * How often credentials and account names from one address turned out to be none. An address that is
 * over the limit waits longer for what is not known yet. A good credential is never refused for it.
 */
export class FailureLimit {
  private readonly failures: Buckets;

  constructor({ failures, failuresPerMinute }: Limits) {
    this.failures = new Buckets({ max: failures, perSecond: failuresPerMinute / minute });
  }

  /** Counts one; answers in how many ms another may come, 0 if at once. */
  note(ip: string | null): number {
    return this.failures.take(networkOf(ip), 1).retryAfterMs;
  }

  isOver(ip: string | null): boolean {
    return !this.failures.take(networkOf(ip), 0, 1).isGranted;
  }
}
