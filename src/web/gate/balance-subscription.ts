import type { Line } from '../api/line';
import { WatchBalanceDocument } from '../generated/gate';

/** While the pop-up is open, the passes left are the wallet's as it is. */
export class BalanceSubscription {
  private leave: (() => void) | null = null;

  /** `changed` is told the balance; null where it cannot be heard any more. */
  constructor(private readonly changed: (balance: number | null) => void) {}

  begin(line: Line | null, walletId: string): void {
    this.end();
    this.leave =
      line?.subscribe(
        WatchBalanceDocument,
        { walletId },
        {
          next: ({ dayPassWalletChanged }) => this.changed(dayPassWalletChanged.wallet.balance),
          fault: () => this.changed(null),
        },
      ) ?? null;
  }

  end(): void {
    this.leave?.();
    this.leave = null;
  }

  /** The line is gone, and what was heard over it with it. */
  forget(): void {
    this.leave = null;
  }
}
