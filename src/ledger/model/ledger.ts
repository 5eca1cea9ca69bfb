import type { AccountTerms } from '../rows/account';
import type { NamedAgent } from '../rows/agent';
import type { ApiKey } from '../rows/api-key';
import type { Consumption } from '../rows/consumption';
import type { EntryKind, StoredEntry } from '../rows/entry';
import type { Invitation } from '../rows/invitation';
import type { Lot } from '../rows/lot';
import type { RunningPass } from '../rows/pass';
import type { PurchasePrice } from '../rows/price';
import type { Wallet } from '../rows/wallet';
import type { PassSpan } from './same-day.rules';

// What a row holds is listed once, with its columns.
export type { AccountTerms } from '../rows/account';
export type { Agent, AgentStatus, AgentType, NamedAgent, NewAgent } from '../rows/agent';
export type { ApiKey } from '../rows/api-key';
export type { Consent, Consumption, DayPassSource } from '../rows/consumption';
export type { Actor, EntryKind } from '../rows/entry';
export type { Invitation, InvitationMail } from '../rows/invitation';
export type { Lot } from '../rows/lot';
export type { Money } from '../rows/money';
export type { RunningPass } from '../rows/pass';
export type { Price, PurchasePrice } from '../rows/price';
export type { Purchase } from '../rows/purchase';
export type { Wallet } from '../rows/wallet';

/*
 * What the kernel knows of one account while it decides: plain values, instants as milliseconds since
 * 1970, loaded under the account's lock. Only what a batch's commands can touch is in it.
 */

export interface Ledger {
  accountId: string;
  /** The batch's instant: the database's clock, plus the test clock's offset in a sandbox. */
  nowMs: number;
  tzdataVersion: string;
  /** A sandbox has a test clock. */
  sandbox: boolean;
  /** Whether portal sessions may use passes. */
  sessionsConsume: boolean;
  account: AccountTerms;
  /** When the last of the account's running passes ends; null where no command asks, or none runs. */
  lastPassEndsAtMs: number | null;
  /** Whether more passes or lots may be due than were loaded, if a command asks for those that are due. */
  isMoreDue: boolean;
  /** The journal's last number. */
  sequence: number;
  prices: readonly PurchasePrice[];
  agents: Map<string, NamedAgent>;
  /** The ids of active full-time account admins; all of them, where a command may take one away. */
  admins: Set<string>;
  tickets: Map<string, Ticket>;
  wallets: Map<string, Wallet>;
  /** A wallet's open lots, by the wallet's id, in the order they are drawn. */
  lots: Map<string, readonly Lot[]>;
  /** Emergency passes that are owed, by the wallet's id, oldest first: the ids of consumptions. */
  owed: Map<string, readonly string[]>;
  /** By the agent's id. May hold passes that are due. */
  runningPasses: Map<string, RunningPass>;
  /** By the confirmation that was spent. */
  spentConfirmations: Map<string, SpentConfirmation>;
  /** Consumptions that a command wants to reverse, by their id. */
  reversible: Map<string, ReversibleConsumption>;
  /** API keys that a command acts by or changes, by their id. */
  keys: Map<string, ApiKey>;
  /** Entries that remember an idempotency key, by `keyOf`. */
  keyedEntries: Map<string, KeyedEntry>;
  /** Who was invited; null where no command asks. */
  people: People | null;
}

/** What inviting and activating are decided on. */
export interface People {
  /** Without a test clock's offset: credentials end by the database's clock. */
  databaseNowMs: number;
  /** Whether the account's agents are sent mails. */
  sendsMail: boolean;
  /** Addresses that are taken: whose they are. */
  addresses: Map<string, string>;
  /** By their id. */
  invitations: Map<string, Invitation>;
  mails: InvitationMails;
}

/** When the account's invitations were and will be mailed. */
export interface InvitationMails {
  /** Of the last ones, as many as count. */
  newestFirst: readonly number[];
  /** By the address, of those that commands name. */
  lastTo: ReadonlyMap<string, number>;
}

export interface Ticket {
  id: string;
  clientId: string | null;
}

/** A confirmation that was spent: for which pass, and by which command. */
export interface SpentConfirmation {
  consumption: Consumption;
  commandId: string;
}

/** A consumption and what reversing it depends on. */
export interface ReversibleConsumption {
  consumption: Consumption;
  /** For an emergency pass that was paid back: by which lot. */
  settledByLotId: string | null;
  /** Other passes of the agent that were reversed, at least those that overlap it. */
  reversedNear: readonly PassSpan[];
}

export interface KeyedEntry {
  kind: EntryKind;
  key: string;
  /** Digest of the input that came with the key: the same key with another input is a mistake. */
  keyDigest: string;
  commandId: string;
  walletId: string;
  /** For a purchase: which. */
  purchaseId: string | null;
}

/** One row of the journal, before it is sealed into the hash chain. */
export type Entry = Omit<StoredEntry, 'payloadText' | 'hash'> & { payload: EntryPayload };

/** What else an entry says, by ids and numbers. Its JSON text is what is stored and hashed. */
export type EntryPayload = Readonly<
  Record<string, string | number | boolean | null | readonly string[]>
>;

export function keyOf(kind: EntryKind, key: string): string {
  return `${kind} ${key}`;
}

/** The address of an agent; null if it was not loaded. */
export function addressOf({ people }: Pick<Ledger, 'people'>, agentId: string): string | null {
  for (const [address, id] of people?.addresses ?? []) if (id === agentId) return address;
  return null;
}
