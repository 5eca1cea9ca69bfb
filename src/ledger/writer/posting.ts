import type { AuditEvent } from '../../db/audit-trail';
import type { Job } from '../../db/jobs';
import type { Command } from '../commands';
import type {
  AccountTerms,
  Actor,
  ApiKey,
  Consumption,
  Entry,
  EntryKind,
  EntryPayload,
  Invitation,
  InvitationMail,
  Ledger,
  Lot,
  NamedAgent,
  NewAgent,
  Purchase,
  RunningPass,
  Wallet,
} from '../model/ledger';

/** What a decision changes: new states of rows, and the entries that say why. */
export interface Changes {
  entries: Entry[];
  wallets: Map<string, Wallet>;
  /** New lots and lots drawn from, by id. */
  lots: Map<string, Lot>;
  consumptions: Consumption[];
  /** By the agent's id: the pass that runs from now on, or null where it ended. */
  runningPasses: Map<string, RunningPass | null>;
  /** Emergency passes newly owed, by the ids of consumptions. */
  owed: Consumption[];
  /** Emergency passes paid back: by the consumption's id, the lot that paid. */
  settled: Map<string, string>;
  /** Emergency passes that are owed no more, as they were reversed: the ids of consumptions. */
  forgiven: string[];
  /** Consumptions taken back: by their id, when. */
  reversals: Map<string, number>;
  purchases: Purchase[];
  /** The account's terms from now on; null where they stay. */
  account: AccountTerms | null;
  agents: Map<string, NamedAgent>;
  keys: Map<string, ApiKey>;
  newAgents: NewAgent[];
  /** By the agent's id: its new address, by which no identity provider knows it yet. */
  addresses: Map<string, string>;
  deletedAgents: string[];
  /** By the agent's id: its invitation from now on, or null where it has none any more. */
  invitations: Map<string, Invitation | null>;
  mails: InvitationMail[];
  /** To be done after the commit. */
  jobs: Job[];
  audits: AuditEvent[];
}

export function noChanges(): Changes {
  return {
    entries: [],
    wallets: new Map(),
    lots: new Map(),
    consumptions: [],
    runningPasses: new Map(),
    owed: [],
    settled: new Map(),
    forgiven: [],
    reversals: new Map(),
    purchases: [],
    account: null,
    agents: new Map(),
    keys: new Map(),
    newAgents: [],
    addresses: new Map(),
    deletedAgents: [],
    invitations: new Map(),
    mails: [],
    jobs: [],
    audits: [],
  };
}

/** Adds what a later decision changed to what the ones before it did: the newest state wins. */
export function mergeChanges(total: Changes, later: Changes): void {
  total.entries.push(...later.entries);
  for (const [id, wallet] of later.wallets) total.wallets.set(id, wallet);
  for (const [id, lot] of later.lots) total.lots.set(id, lot);
  total.consumptions.push(...later.consumptions);
  for (const [agentId, pass] of later.runningPasses) total.runningPasses.set(agentId, pass);
  total.owed.push(...later.owed);
  for (const [id, lotId] of later.settled) total.settled.set(id, lotId);
  total.forgiven.push(...later.forgiven);
  for (const [id, atMs] of later.reversals) total.reversals.set(id, atMs);
  total.purchases.push(...later.purchases);
  total.account = later.account ?? total.account;
  for (const [id, agent] of later.agents) total.agents.set(id, agent);
  for (const [id, key] of later.keys) total.keys.set(id, key);
  total.newAgents.push(...later.newAgents);
  for (const [id, address] of later.addresses) total.addresses.set(id, address);
  total.deletedAgents.push(...later.deletedAgents);
  for (const [id, invitation] of later.invitations) total.invitations.set(id, invitation);
  total.mails.push(...later.mails);
  total.jobs.push(...later.jobs);
  total.audits.push(...later.audits);
}

/** What an entry says beyond what the posting knows by itself. */
interface Line {
  kind: EntryKind;
  walletId: string;
  delta: number;
  actor?: Actor | null;
  agentId?: string;
  consumptionId?: string;
  payload?: EntryPayload;
  key?: string;
  keyDigest?: string;
  /** The instant it happened at, where that is not the batch's. */
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
    private readonly command: Pick<Command, 'id'>,
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
  post(line: Line): Entry {
    const before = this.wallet(line.walletId);
    const entry = this.enter(line);
    if (entry.delta < 0) this.alert(before, entry);
    return entry;
  }

  /**
   * Puts a wallet's new settings. A threshold that is set at or above the balance alerts at once: the
   * wallet is low already, and no later fall would say so. Set again to the same value it does not.
   */
  set(wallet: Wallet): void {
    const { id, balance, lowBalanceThreshold: threshold } = wallet;
    const isNew = threshold !== this.wallet(id).lowBalanceThreshold;
    this.changes.wallets.set(id, wallet);
    if (threshold === null || !isNew || balance > threshold) return;
    this.enter({ kind: 'DayPassWalletLow', walletId: id, delta: 0, payload: { threshold } });
  }

  private enter(line: Line): Entry {
    const wallet = this.wallet(line.walletId);
    this.sequence += 1;
    const entry: Entry = {
      sequence: this.sequence,
      id: this.newId(),
      kind: line.kind,
      walletId: wallet.id,
      walletSequence: wallet.lastWalletSequence + 1,
      delta: line.delta,
      balance: wallet.balance + line.delta,
      actor: line.actor ?? null,
      agentId: line.agentId ?? null,
      consumptionId: line.consumptionId ?? null,
      payload: line.payload ?? {},
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

  /** Once when the balance falls to the threshold, and once when it falls to zero. */
  private alert(before: Wallet, fall: Entry): void {
    const fellTo = (mark: number) => before.balance > mark && fall.balance <= mark;
    const threshold = before.lowBalanceThreshold;
    const of = { walletId: before.id, delta: 0, occurredAtMs: fall.occurredAtMs };
    if (threshold !== null && fellTo(threshold)) {
      this.enter({ ...of, kind: 'DayPassWalletLow', payload: { threshold } });
    }
    if (fellTo(0)) this.enter({ ...of, kind: 'DayPassWalletEmpty' });
  }
}
