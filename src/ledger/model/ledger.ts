import type { EntryKind } from '../entries/entry-kinds';
import type { AnyPayload } from '../entries/entry-module';
import type { AccountTerms } from '../rows/account';
import type { NamedAgent } from '../rows/agent';
import type { ApiKey } from '../rows/api-key';
import type { Consumption } from '../rows/consumption';
import type { StoredEntry } from '../rows/entry';
import type { DueFacts, DueItem, DueKind } from '../rows/due-item';
import type { Invitation } from '../rows/invitation';
import type { Invoice } from '../rows/invoice';
import type { Lot } from '../rows/lot';
import type { RunningPass } from '../rows/pass';
import type { PurchasePrice } from '../rows/price';
import type { Wallet } from '../rows/wallet';
import type { Invoicing } from './invoicing';
import type { LoadedOrder, Ordering } from './ordering';
import type { PassSpan } from './same-day.rules';

export type { EntryKind } from '../entries/entry-kinds';

// What a row holds is listed once, with its columns.
export type { AccountTerms } from '../rows/account';
export type { Agent, AgentStatus, AgentType, NamedAgent, NewAgent } from '../rows/agent';
export type { ApiKey } from '../rows/api-key';
export type { Consent, Consumption, DayPassSource } from '../rows/consumption';
export type { Actor } from '../rows/entry';
export { dueKinds, type DueFacts, type DueItem, type DueKind } from '../rows/due-item';
export type { Invitation, InvitationMail } from '../rows/invitation';
export type { Invoice } from '../rows/invoice';
export type { Lot } from '../rows/lot';
export type { Money } from '../rows/money';
export type { RunningPass } from '../rows/pass';
export type { Order, PaymentAttempt } from '../rows/order';
export type { Price, PurchasePrice } from '../rows/price';
export type { Purchase } from '../rows/purchase';
export type { Wallet } from '../rows/wallet';

/*
 * The kernel's data of one account while it decides: plain values, instants as milliseconds since
 * 1970, loaded under the account's lock. It contains only what a batch's commands can use.
 */

export interface Ledger {
  accountId: string;
  /** The batch's instant: the database's clock, plus the test clock's offset in a sandbox. */
  nowMs: number;
  tzdataVersion: string;
  /** How far it is ahead of the database's clock; left out if the instant was not read from a clock. */
  clockOffsetMs?: number;
  /** A sandbox has a test clock. */
  sandbox: boolean;
  /** Whether portal sessions may use passes. */
  sessionsConsume: boolean;
  account: AccountTerms;
  /**
   * When the last of the account's active passes ends; null if no command needs it, or none is
   * active.
   */
  lastPassEndsAtMs: number | null;
  /** Whether more may be due than was loaded, if a command asks for what is due. */
  isMoreDue: boolean;
  /** The journal's last number. */
  sequence: number;
  prices: readonly PurchasePrice[];
  agents: Map<string, NamedAgent>;
  /** The ids of active full-time account admins; all of them, if a command may remove one. */
  admins: Set<string>;
  tickets: Map<string, Ticket>;
  wallets: Map<string, Wallet>;
  /** A wallet's open lots, by the wallet's id, in the order they are drawn. */
  lots: Map<string, readonly Lot[]>;
  /** Emergency passes that are owed, by the wallet's id, oldest first: the ids of consumptions. */
  owed: Map<string, readonly string[]>;
  /** By the agent's id. May contain passes that are due. */
  runningPasses: Map<string, RunningPass>;
  /** Items that are due, by `dueItemKey`, if a command asks for them. */
  dueItems: Map<string, LoadedDueItem>;
  /** By the confirmation that was used. */
  spentConfirmations: Map<string, SpentConfirmation>;
  /** Consumptions that a command may reverse, by their id. */
  reversible: Map<string, ReversibleConsumption>;
  /** API keys that a command uses or changes, by their id. */
  keys: Map<string, ApiKey>;
  /** Loaded if a command may place or pay an order. */
  ordering: Ordering | null;
  /** Orders that commands name, by their id. */
  orders: Map<string, LoadedOrder>;
  /** Entries that remember an idempotency key, by `keyOf`. */
  keyedEntries: Map<string, KeyedEntry>;
  /** Invoices that a command may credit, with their credit notes, by their id. */
  invoices: Map<string, Invoice>;
  /** The data for invoices; null if no command can issue one. */
  invoicing: Invoicing | null;
  /** The invitations; null if no command needs them. */
  people: People | null;
}

/** The data for decisions about invitations and activations. */
export interface People {
  /** Without a test clock's offset: credentials expire by the database's clock. */
  databaseNowMs: number;
  /** Whether the account's agents are sent mails. */
  sendsMail: boolean;
  /** Addresses in use, with their agents. */
  addresses: Map<string, string>;
  /** By their id. */
  invitations: Map<string, Invitation>;
  mails: InvitationMails;
}

/** The past and planned instants of the account's invitation mails. */
export interface InvitationMails {
  /** The last ones, as many as the limit counts. */
  newestFirst: readonly number[];
  /** By address, for the addresses that commands name. */
  lastTo: ReadonlyMap<string, number>;
}

export interface Ticket {
  id: string;
  clientId: string | null;
}

/** A confirmation that was used: its pass, and its command. */
export interface SpentConfirmation {
  consumption: Consumption;
  commandId: string;
}

/** A consumption, with the data for its reversal. */
export interface ReversibleConsumption {
  consumption: Consumption;
  /** For an emergency pass that was paid back: the lot that paid. */
  settledByLotId: string | null;
  /** Other passes of the agent that were reversed, at least those that overlap it. */
  reversedNear: readonly PassSpan[];
}

export interface KeyedEntry {
  kind: EntryKind;
  key: string;
  /** The digest of the key's input: the same key with another input is an error. */
  keyDigest: string;
  commandId: string;
  walletId: string;
  /** For a purchase: its id. */
  purchaseId: string | null;
  /** For an order: its id. */
  orderId?: string | null;
  /** For an invoice or a credit note: its id. */
  invoiceId: string | null;
}

/** One row of the journal, before it is sealed into the hash chain. */
export type Entry = Omit<StoredEntry, 'payloadText' | 'hash'> & { payload: AnyPayload };

/** An item with the facts of its subject; null if the subject is gone. */
export type LoadedDueItem<Kind extends DueKind = DueKind> = {
  [One in Kind]: DueItem & { kind: One; facts: DueFacts[One] | null };
}[Kind];

export function dueItemKey({ kind, subject }: Pick<DueItem, 'kind' | 'subject'>): string {
  return `${kind} ${subject}`;
}

export function keyOf(kind: EntryKind, key: string): string {
  return `${kind} ${key}`;
}

/** The address of an agent; null if it was not loaded. */
export function addressOf({ people }: Pick<Ledger, 'people'>, agentId: string): string | null {
  for (const [address, id] of people?.addresses ?? []) if (id === agentId) return address;
  return null;
}
