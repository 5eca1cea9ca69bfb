import type { EntryKind } from './ledger';

/**
 * What must be loaded for a command, by ids; null names nothing. The account's terms and its own
 * wallet are always loaded, and so is the wallet of every loaded pass, ticket and lot.
 */
export interface Needs {
  /** Agents, each with the running pass. */
  agents?: readonly string[];
  wallets?: readonly (string | null)[];
  /** Tickets, each with its client's wallet. */
  tickets?: readonly (string | null)[];
  apiKeys?: readonly (string | null)[];
  /** How many passes may be drawn, from any wallet. */
  passes?: number;
  /** The consumptions of confirmations. */
  confirmations?: readonly string[];
  /** Consumptions, with what reversing them depends on. */
  reversals?: readonly string[];
  /** Entries that remember an idempotency key. */
  keyedEntries?: readonly { kind: EntryKind; key: string }[];
  /** Addresses that may be taken. */
  addresses?: readonly string[];
  invitations?: readonly string[];
  /** Agents, each with the address and the invitation. */
  people?: readonly string[];
  /** The account's admins, all of them. */
  admins?: boolean;
  /** When the last of the running passes ends. */
  lastPass?: boolean;
  /** Invoices, each with its credit notes and its order. */
  invoices?: readonly string[];
  /** Orders, each with its payments. */
  orders?: readonly string[];
  /** What a new order needs, and what is owed of all orders. */
  ordering?: boolean;
  /** The data for invoices. */
  invoicing?: boolean;
  /** Passes, lots and items of the whole account that are due. */
  due?: boolean;
}

/** The combined needs of a batch's commands. */
export type BatchNeeds = {
  readonly [Name in keyof Needs]-?: NonNullable<Needs[Name]> extends readonly (infer Need)[]
    ? readonly NonNullable<Need>[]
    : NonNullable<Needs[Name]>;
};

export function needsTogether(all: readonly Needs[]): BatchNeeds {
  const ids = (name: IdsName) => [
    ...new Set(all.flatMap((needs) => needs[name] ?? []).filter((id) => id !== null)),
  ];
  return {
    agents: ids('agents'),
    wallets: ids('wallets'),
    tickets: ids('tickets'),
    apiKeys: ids('apiKeys'),
    passes: all.reduce((sum, { passes = 0 }) => sum + passes, 0),
    confirmations: ids('confirmations'),
    reversals: ids('reversals'),
    keyedEntries: all.flatMap(({ keyedEntries = [] }) => keyedEntries),
    addresses: ids('addresses'),
    invitations: ids('invitations'),
    people: ids('people'),
    admins: all.some(({ admins }) => admins),
    lastPass: all.some(({ lastPass }) => lastPass),
    invoices: ids('invoices'),
    orders: ids('orders'),
    ordering: all.some(({ ordering }) => ordering),
    invoicing: all.some(({ invoicing }) => invoicing),
    due: all.some(({ due }) => due),
  };
}

type IdsName = Exclude<
  keyof Needs,
  'keyedEntries' | 'passes' | 'admins' | 'lastPass' | 'ordering' | 'invoicing' | 'due'
>;
