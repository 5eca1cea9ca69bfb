import type { PassSpan } from './same-day.rules';

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

/** What the operator has set for the account. */
export interface AccountTerms {
  plan: string;
  billingMode: 'UNBILLED' | 'BILLED';
  /** The highest emergency allowance that an admin may set while the account is BILLED. */
  emergencyCeiling: number;
  /** Null: the account is open. */
  closedAtMs: number | null;
  /** When the gate is shut for everybody; set when the account is closed. */
  gateShutsAtMs: number | null;
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

/** A mail with an invitation's link. */
export interface InvitationMail {
  /** The invitation's. */
  id: string;
  address: string;
  sendAtMs: number;
}

/** The link by which an invited agent becomes active; an agent has one at most. */
export interface Invitation {
  id: string;
  agentId: string;
  /** SHA-256, hexadecimal. */
  tokenHash: string;
  expiresAtMs: number;
  usedAtMs: number | null;
}

export type AgentType = 'FULL_TIME' | 'OCCASIONAL';
export type AgentStatus = 'INVITED' | 'ACTIVE' | 'DEACTIVATED';
export type DayPassSource = 'PORTAL' | 'TICKET' | 'API_KEY';

/** An agent's standing: what rights and the gate are decided by. */
export interface Agent {
  id: string;
  type: AgentType;
  status: AgentStatus;
  role: 'ACCOUNT_ADMIN' | 'AGENT';
  timeZone: string;
  sections: readonly string[];
}

/** An agent as the ledger writes it. */
export interface NamedAgent extends Agent {
  name: string;
  /** When the agent first became active; null: never yet. */
  activatedAtMs: number | null;
}

/** An agent whom the account did not have before. */
export interface NewAgent extends NamedAgent {
  email: string;
  createdAtMs: number;
}

export interface Ticket {
  id: string;
  clientId: string | null;
}

export interface Wallet {
  id: string;
  name: string;
  /** Null: the account's own wallet; else it serves this client's tickets only. */
  clientId: string | null;
  balance: number;
  lowBalanceThreshold: number | null;
  emergencyAllowance: number;
  frozenAtMs: number | null;
  lastSequence: number;
  lastWalletSequence: number;
}

/** Passes that came in together. */
export interface Lot {
  id: string;
  walletId: string;
  /** The entry that brought it. */
  sequence: number;
  quantity: number;
  remaining: number;
  priority: number;
  unitPrice: Money | null;
  expiresAtMs: number | null;
  createdAtMs: number;
}

export interface RunningPass {
  agentId: string;
  consumptionId: string;
  walletId: string;
  expiresAtMs: number;
}

export interface Consumption {
  id: string;
  agentId: string;
  walletId: string;
  /** Null for an emergency pass: it came from no lot. */
  lotId: string | null;
  ticketId: string | null;
  clientId: string | null;
  source: DayPassSource;
  confirmationId: string;
  /** The entry that recorded it. */
  sequence: number;
  timeZone: string;
  utcOffsetMinutes: number;
  tzdataVersion: string;
  /** YYYY-MM-DD in `timeZone`. */
  localDate: string;
  startsAtMs: number;
  expiresAtMs: number;
  reversedAtMs: number | null;
  emergency: boolean;
  price: Money | null;
  consent: Consent | null;
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

/** A credential that is no person's. What it may do beyond taking a pass is not the ledger's. */
export interface ApiKey {
  id: string;
  /** Null: a service key. */
  agentId: string | null;
  /** By the database's clock: credentials know no test clock. */
  revokedAtMs: number | null;
}

/** Passes that were bought. */
export interface Purchase {
  id: string;
  walletId: string;
  lotId: string;
  /** The entry that recorded it. */
  sequence: number;
  quantity: number;
  unitPrice: Money;
  totalMinor: number;
  /** The agent who bought them; null for the service itself. */
  purchasedBy: string | null;
  purchasedAtMs: number;
}

/** What a person agreed to, word for word. */
export interface Consent {
  notice: string;
  locale: string;
  atMs: number;
  /** The service key whose portal session it was; null for a sign-in of the agent's own. */
  sessionKeyId: string | null;
}

/** An amount in the currency's minor unit, without tax. */
export interface Money {
  minor: number;
  currency: string;
}

/** The price of one pass from a quantity on, while it is valid. */
export interface Price {
  minimumQuantity: number;
  unitPriceMinor: number;
  currency: string;
  validFromMs: number;
  validToMs: number | null;
}

/** A price with what only a purchase asks. */
export interface PurchasePrice extends Price {
  /** A purchase must be of a multiple of it. */
  packSize: number;
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

export type EntryKind =
  | 'DayPassesPurchased'
  | 'DayPassesGranted'
  | 'DayPassConsumed'
  | 'DayPassExpired'
  | 'DayPassReversed'
  | 'DayPassWalletLow'
  | 'DayPassWalletEmpty'
  | 'DayPassLotExpired';

/** Who caused an entry; null for the service itself. */
export interface Actor {
  kind: 'AGENT' | 'API_KEY' | 'OPERATOR';
  id: string;
}

/** One row of the journal, before it is sealed into the hash chain. */
export interface Entry {
  sequence: number;
  id: string;
  kind: EntryKind;
  walletId: string;
  walletSequence: number;
  /** Passes added (positive) or taken (negative). */
  delta: number;
  /** The wallet's balance right after this entry. */
  balance: number;
  actor: Actor | null;
  agentId: string | null;
  consumptionId: string | null;
  payload: EntryPayload;
  occurredAtMs: number;
  key: string | null;
  keyDigest: string | null;
  commandId: string;
}

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
