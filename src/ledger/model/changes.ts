import type { AuditEvent } from '../../db/audit-trail';
import type { Job } from '../../db/jobs';
import type {
  AccountTerms,
  ApiKey,
  Consumption,
  DueItem,
  Entry,
  Invitation,
  InvitationMail,
  Invoice,
  Lot,
  NamedAgent,
  NewAgent,
  Order,
  PaymentAttempt,
  Purchase,
  RunningPass,
  Wallet,
} from './ledger';
import { dueItemKey } from './ledger';

/** What a decision changes: new states of rows, and the entries that say why. */
export interface Changes {
  entries: Entry[];
  wallets: Map<string, Wallet>;
  /** New lots and lots drawn from, by id. */
  lots: Map<string, Lot>;
  consumptions: Consumption[];
  /** By the agent's id: the active pass from now on, or null if it ended. */
  runningPasses: Map<string, RunningPass | null>;
  /** Emergency passes newly owed, by the ids of consumptions. */
  owed: Consumption[];
  /** Emergency passes paid back: by the consumption's id, the lot that paid. */
  settled: Map<string, string>;
  /**
   * Emergency passes that are no longer owed, because they were reversed: the ids of consumptions.
   */
  forgiven: string[];
  /** Reversed consumptions: the instants, by id. */
  reversals: Map<string, number>;
  purchases: Purchase[];
  /** New orders and orders that were credited or canceled, by id. */
  orders: Map<string, Order>;
  /** Payments from now on, by id. */
  attempts: Map<string, PaymentAttempt>;
  invoices: Invoice[];
  /** The last number of each series that gave one. */
  invoiceSeries: Map<string, number>;
  /** The account's new terms; null if they stay unchanged. */
  account: AccountTerms | null;
  agents: Map<string, NamedAgent>;
  keys: Map<string, ApiKey>;
  newAgents: NewAgent[];
  /** By the agent's id: its new address, which no identity provider is linked to yet. */
  addresses: Map<string, string>;
  deletedAgents: string[];
  /** By the agent's id: its invitation from now on, or null if it has none now. */
  invitations: Map<string, Invitation | null>;
  mails: InvitationMail[];
  /** By `dueItemKey`: when they are due from now on; null if they are not due any more. */
  dueItems: Map<string, DueItemChange>;
  /** The work after the commit. */
  jobs: Job[];
  audits: AuditEvent[];
}

export type DueItemChange = Pick<DueItem, 'kind' | 'subject'> & { atMs: number | null };

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
    orders: new Map(),
    attempts: new Map(),
    invoices: [],
    invoiceSeries: new Map(),
    account: null,
    agents: new Map(),
    keys: new Map(),
    newAgents: [],
    addresses: new Map(),
    deletedAgents: [],
    invitations: new Map(),
    mails: [],
    dueItems: new Map(),
    jobs: [],
    audits: [],
  };
}

/** Adds the changes of a later decision to those before it: the newest state wins. */
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
  for (const [id, order] of later.orders) total.orders.set(id, order);
  for (const [id, attempt] of later.attempts) total.attempts.set(id, attempt);
  total.invoices.push(...later.invoices);
  for (const [series, last] of later.invoiceSeries) total.invoiceSeries.set(series, last);
  total.account = later.account ?? total.account;
  for (const [id, agent] of later.agents) total.agents.set(id, agent);
  for (const [id, key] of later.keys) total.keys.set(id, key);
  total.newAgents.push(...later.newAgents);
  for (const [id, address] of later.addresses) total.addresses.set(id, address);
  total.deletedAgents.push(...later.deletedAgents);
  for (const [id, invitation] of later.invitations) total.invitations.set(id, invitation);
  total.mails.push(...later.mails);
  for (const [key, item] of later.dueItems) total.dueItems.set(key, item);
  total.jobs.push(...later.jobs);
  total.audits.push(...later.audits);
}

export function putDueItem({ dueItems }: Pick<Changes, 'dueItems'>, item: DueItemChange): void {
  dueItems.set(dueItemKey(item), item);
}
