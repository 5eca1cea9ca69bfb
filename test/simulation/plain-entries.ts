import type { Entry, EntryKind } from '../../src/ledger/model/ledger';
import { Broken, demand } from './broken';
import type { PlainBooks, PlainWallet } from './plain-books';

const isEnd = ({ kind }: Entry) => kind === 'DayPassExpired' || kind === 'DayPassLotExpired';

/** A batch's entries in their order, matched one by one with what must have caused them. */
export class EntryLine {
  private at = 0;

  constructor(
    private readonly books: PlainBooks,
    private readonly entries: readonly Entry[],
    readonly atMs: number,
  ) {}

  get next(): Entry | undefined {
    return this.entries[this.at];
  }

  get isEmpty(): boolean {
    return this.at === this.entries.length;
  }

  nextOrBreak(): Entry {
    if (!this.next) throw new Broken('what must happen is entered');
    return this.next;
  }

  /** The next entry, which must be of this kind; then the alerts that its fall must cause. */
  take(kind: EntryKind, walletId: string, delta: number): Entry {
    const wallet = this.books.wallets.get(walletId)!;
    const before = wallet.sum;
    const entry = this.takeOne(kind, wallet, delta);
    const fellTo = (mark: number) => before > mark && wallet.sum <= mark;
    const { threshold } = wallet;
    if (threshold !== null && fellTo(threshold)) this.takeOne('DayPassWalletLow', wallet, 0);
    if (fellTo(0)) this.takeOne('DayPassWalletEmpty', wallet, 0);
    return entry;
  }

  /** The ends at the head of the line: of passes, then of lots. Answers how many. */
  takeEnds(commandIds: ReadonlySet<string>): { passes: number; lots: number } {
    const ended = { passes: 0, lots: 0 };
    let lastMs = -Infinity;
    while (this.next && !commandIds.has(this.next.commandId) && isEnd(this.next)) {
      if (this.next.kind === 'DayPassExpired') {
        demand(ended.lots === 0, 'passes end before lots', this.next);
        lastMs = this.takePassEnd(this.next, lastMs);
        ended.passes += 1;
      } else {
        this.takeLotEnd(this.next);
        ended.lots += 1;
      }
    }
    return ended;
  }

  /** A lot past its end leaves the balance; also the one that a reversal put a pass into. */
  takeLotEnd({ walletId, payload }: Entry): void {
    const lot = this.books.wallets.get(walletId)?.lots.get(String(payload.lotId));
    const isDue = lot !== undefined && lot.left > 0 && lot.endsAtMs <= this.atMs;
    demand(isDue, 'a lot ends once, at its end', { lot, atMs: this.atMs });
    const { left } = lot;
    lot.left = 0;
    this.books.wallets.get(walletId)!.ended += left;
    const entry = this.take('DayPassLotExpired', walletId, -left);
    demand(entry.payload.quantity === left, 'all that is left of a lot leaves', { entry, left });
  }

  private takePassEnd({ agentId, consumptionId, walletId }: Entry, afterMs: number): number {
    const agent = this.books.agents.get(agentId ?? '');
    const pass = agent?.pass;
    const isDue = pass?.id === consumptionId && pass.endsAtMs <= this.atMs;
    demand(isDue, 'a pass ends once, at its end', { pass, consumptionId, atMs: this.atMs });
    demand(pass.endsAtMs >= afterMs, 'the oldest pass ends first', pass);
    demand(pass.walletId === walletId, "a pass's end names the wallet that paid for it", pass);
    agent!.pass = null;
    this.take('DayPassExpired', walletId, 0);
    return pass.endsAtMs;
  }

  private takeOne(kind: EntryKind, wallet: PlainWallet, delta: number): Entry {
    const entry = this.next;
    const isIt = entry?.kind === kind && entry.walletId === wallet.id && entry.delta === delta;
    demand(isIt, `a ${kind} is entered`, { entry, wallet: wallet.id, delta });
    this.at += 1;
    this.books.entries += 1;
    wallet.entries += 1;
    wallet.sum += delta;
    const numbers = [entry.sequence, entry.walletSequence, entry.balance, entry.occurredAtMs];
    const expected = [this.books.entries, wallet.entries, wallet.sum, this.atMs];
    demand(String(numbers) === String(expected), 'sequences have no holes', { numbers, expected });
    return entry;
  }
}
