import type { Line } from '../api/line';
import { WatchBalanceDocument } from '../generated/gate';

/** While the pop-up is open, it shows the wallet's present balance. */
export class BalanceSubscription {
  private leave: (() => void) | null = null;

  /** `changed` receives the balance; null if it can no longer be read. */
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

  /** The line is lost, and everything received over it is out of date. */
  forget(): void {
    this.leave = null;
  }
}
