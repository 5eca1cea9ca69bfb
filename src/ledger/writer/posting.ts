import { noChanges } from '../model/changes';
import { entryKinds, type EntryKind, type PayloadOf } from '../entries/entry-kinds';
import type { EntryModule } from '../entries/entry-module';
import type { Actor, Entry, Ledger, Wallet } from '../model/ledger';
import { reachedNow, thresholdsOf } from '../model/threshold.rules';
import type { AnyCommand } from './command-module';

/** What an entry says beyond what the posting knows. */
interface Line<Kind extends EntryKind> {
  kind: Kind;
  walletId: string;
  payload: PayloadOf<Kind>;
  actor?: Actor | null;
  agentId?: string;
  consumptionId?: string;
  key?: string;
  keyDigest?: string;
  /** The instant it happened at; left out: the batch's. */
  occurredAtMs?: number;
}

/**
 * Collects what one decision writes, numbering entries and carrying the wallet's balance along. The
 * ledger it was made from is not touched.
 */
export class Posting {
  readonly changes = noChanges();
  private sequence: number;

  constructor(
    private readonly ledger: Ledger,
    private readonly command: Pick<AnyCommand, 'id'>,
    private readonly newId: () => string,
  ) {
    this.sequence = ledger.sequence;
  }

  /** The number that the next entry will have. */
  get nextSequence(): number {
    return this.sequence + 1;
  }

  /** The wallet as it stands after what was posted so far. */
  wallet(id: string): Wallet {
    const wallet = this.changes.wallets.get(id) ?? this.ledger.wallets.get(id);
    if (!wallet) throw new Error(`Wallet ${id} is not loaded.`);
    return wallet;
  }

  /** Adds one entry, and the alerts that its fall of the balance causes. */
  post<Kind extends EntryKind>(line: Line<Kind>): Entry {
    const before = this.wallet(line.walletId);
    const entry = this.enter(line);
    if (entry.delta < 0) this.alert(before, entry);
    return entry;
  }

  /**
   * Puts a wallet's new settings. A threshold that is set at or above the balance alerts at once: the
   * wallet is low already, and no later fall would cause the alert. Set again to the same value it does not.
   */
  set(wallet: Wallet): void {
    const { id: walletId } = wallet;
    const reached = reachedNow(this.wallet(walletId), wallet);
    this.changes.wallets.set(walletId, wallet);
    for (const threshold of reached) {
      this.enter({ kind: 'DayPassWalletLow', walletId, payload: { threshold } });
    }
  }

  private enter<Kind extends EntryKind>(line: Line<Kind>): Entry {
    const wallet = this.wallet(line.walletId);
    const module = entryKinds[line.kind] as unknown as EntryModule<Kind, PayloadOf<Kind>>;
    const delta = module.delta(line.payload);
    this.sequence += 1;
    const entry: Entry = {
      sequence: this.sequence,
      id: this.newId(),
      kind: line.kind,
      walletId: wallet.id,
      walletSequence: wallet.lastWalletSequence + 1,
      delta,
      balance: wallet.balance + delta,
      actor: line.actor ?? null,
      agentId: line.agentId ?? null,
      consumptionId: line.consumptionId ?? null,
      payload: line.payload,
      occurredAtMs: line.occurredAtMs ?? this.ledger.nowMs,
      key: line.key ?? null,
      keyDigest: line.keyDigest ?? null,
      commandId: this.command.id,
    };
    this.changes.entries.push(entry);
    this.changes.wallets.set(wallet.id, {
      ...wallet,
      balance: entry.balance,
      lastSequence: entry.sequence,
      lastWalletSequence: entry.walletSequence,
    });
    return entry;
  }

  /** Once for each threshold to which the balance falls, and once when it falls to zero. */
  private alert(before: Wallet, fall: Entry): void {
    const fellTo = (mark: number) => before.balance > mark && fall.balance <= mark;
    const of = { walletId: before.id, occurredAtMs: fall.occurredAtMs };
    for (const threshold of thresholdsOf(before)) {
      if (fellTo(threshold)) {
        this.enter({ ...of, kind: 'DayPassWalletLow', payload: { threshold } });
      }
    }
    if (fellTo(0)) this.enter({ ...of, kind: 'DayPassWalletEmpty', payload: {} });
  }
}
