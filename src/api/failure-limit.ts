import type { Limits } from '../core/config';
import { Buckets } from './buckets';
import { networkOf } from './rate-limit-key';

const minute = 60;

/** An address fails so many times as often, at all accounts together, as at one of them. */
export const accountsPerAddress = 5;

/**
 * How often credentials and account names from one address were wrong: for each account that they
 * named, and in all. What is named above a limit is looked up more slowly. Many people may have one
 * address: failures at one account do not slow the others, and a valid credential is never refused.
 */
export class FailureLimit {
  private readonly perAccount: Buckets;
  /** Kept apart, so that made-up accounts cannot push an address out. */
  private readonly perAddress: Buckets;

  constructor({ failures: max, failuresPerMinute }: Limits) {
    const perSecond = failuresPerMinute / minute;
    this.perAccount = new Buckets({ max, perSecond });
    this.perAddress = new Buckets({
      max: accountsPerAddress * max,
      perSecond: accountsPerAddress * perSecond,
    });
  }

  /** Counts one; answers in how many ms another may come, 0 if at once. `account` is null if none was named. */
  note(ip: string | null, account: string | null): number {
    const network = networkOf(ip);
    const inAll = this.perAddress.take(network, 1);
    const here = this.perAccount.take(placeOf(network, account), 1);
    return Math.max(inAll.retryAfterMs, here.retryAfterMs);
  }

  isOver(ip: string | null, account: string | null): boolean {
    const network = networkOf(ip);
    const isWithin = (buckets: Buckets, key: string) => buckets.take(key, 0, 1).isGranted;
    return !(
      isWithin(this.perAddress, network) && isWithin(this.perAccount, placeOf(network, account))
    );
  }
}

function placeOf(network: string, account: string | null): string {
  return `${network} ${account ?? ''}`;
}
