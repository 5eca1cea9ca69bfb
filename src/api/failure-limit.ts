import type { Limits } from '../core/limits';
import { Buckets } from './buckets';
import { networkOf } from './rate-limit-key';

const minute = 60;

/** The limit of an address over all accounts, as a multiple of its limit at one account. */
export const accountsPerAddress = 5;

/**
 * Counts wrong credentials and wrong account names from one address: for each account that they
 * named, and in total. Above a limit, look-ups are slowed down. Many people may have one address:
 * failures at one account do not slow the others, and a valid credential is never refused.
 */
export class FailureLimit {
  private readonly perAccount: Buckets;
  /** Kept separately, so that invented accounts cannot push an address out. */
  private readonly perAddress: Buckets;

  constructor({ failures: max, failuresPerMinute }: Limits) {
    const perSecond = failuresPerMinute / minute;
    this.perAccount = new Buckets({ max, perSecond });
    this.perAddress = new Buckets({
      max: accountsPerAddress * max,
      perSecond: accountsPerAddress * perSecond,
    });
  }

  /**
   * Counts one failure; returns in how many ms another attempt is permitted, 0 if at once.
   * `account` is null if none was named.
   */
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
