import type { PoolClient, QueryResult } from 'pg';
import { tzdataVersion } from '../../time/zone-database';
import {
  dueItemKey,
  keyOf,
  type AccountTerms,
  type ApiKey,
  type Consumption,
  type Invoice,
  type KeyedEntry,
  type Ledger,
  type LoadedDueItem,
  type Lot,
  type NamedAgent,
  type PurchasePrice,
  type ReversibleConsumption,
  type RunningPass,
  type Ticket,
  type Wallet,
} from '../model/ledger';
import type { LoadedOrder, Ordering } from '../model/ordering';
import type { Invoicing } from '../model/invoicing';
import { isDue } from '../model/lot.rules';
import type { BatchNeeds } from '../model/needs';
import { dueMax } from './load-parts';
import { loadPeople } from './load-people';
import { loadStatement } from './load-statement';

/** What is null or left out was not asked for. */
interface Loaded {
  now_ms: number;
  clock_offset_ms: number;
  sandbox: boolean;
  sessions_consume: boolean;
  account: AccountTerms;
  last_pass_ends_ms?: number | null;
  prices: PurchasePrice[];
  agents: NamedAgent[];
  admins?: string[];
  tickets?: Ticket[];
  wallets: Wallet[];
  lots: Lot[];
  owed: { walletId: string; consumptionId: string }[];
  running_passes: RunningPass[];
  due_items?: LoadedDueItem[];
  spent: { consumption: Consumption; commandId: string }[];
  reversible?: ReversibleConsumption[];
  keyed?: KeyedEntry[];
  keys?: ApiKey[];
  invoices?: Invoice[];
  invoicing?: Invoicing | null;
  ordering?: Ordering | null;
  orders?: LoadedOrder[];
}

/**
 * Loads what the commands can touch, in one statement, with the batch's instant. It runs after the
 * statement that took the lock: whatever shares a statement with the lock is from before the wait.
 *
 * `instantMs` stands in for the clock: for a ledger that walks through the past (the demo's seed), and
 * for a command that chooses its instant. Null: the clock decides.
 */
export async function loadLedger(
  client: PoolClient,
  journal: { accountId: string; sequence: number },
  { needs, instantMs }: { needs: BatchNeeds; instantMs: number | null },
): Promise<Ledger> {
  const { accountId } = journal;
  const statement = loadStatement({ accountId, needs, instantMs });
  return ledgerOf(client, journal, { needs, result: await client.query(statement) });
}

/** The ledger of the result of `loadStatement`. */
export async function ledgerOf(
  client: PoolClient,
  journal: { accountId: string; sequence: number },
  { needs, result }: { needs: BatchNeeds; result: QueryResult },
): Promise<Ledger> {
  const { accountId } = journal;
  const loaded = result.rows[0] as Loaded | undefined;
  if (!loaded) throw new Error(`Account ${accountId} has no journal.`);
  const { people, agents } = await loadPeople(client, accountId, needs);
  return {
    accountId,
    nowMs: loaded.now_ms,
    tzdataVersion,
    clockOffsetMs: loaded.clock_offset_ms,
    sandbox: loaded.sandbox,
    sessionsConsume: loaded.sessions_consume,
    account: loaded.account,
    lastPassEndsAtMs: loaded.last_pass_ends_ms ?? null,
    isMoreDue: needs.due && isMoreDue(loaded),
    sequence: journal.sequence,
    prices: loaded.prices,
    agents: new Map([...loaded.agents, ...agents].map((agent) => [agent.id, agent])),
    admins: new Set(loaded.admins),
    tickets: new Map((loaded.tickets ?? []).map((ticket) => [ticket.id, ticket])),
    wallets: new Map(loaded.wallets.map((wallet) => [wallet.id, wallet])),
    // A lot that a reversal names may be among those that are drawn next.
    lots: grouped(new Map(loaded.lots.map((lot) => [lot.id, lot])).values(), (lot) => lot.walletId),
    owed: new Map(
      [...grouped(loaded.owed, (owed) => owed.walletId)].map(([walletId, owed]) => [
        walletId,
        owed.map(({ consumptionId }) => consumptionId),
      ]),
    ),
    runningPasses: new Map(loaded.running_passes.map((pass) => [pass.agentId, pass])),
    dueItems: new Map((loaded.due_items ?? []).map((item) => [dueItemKey(item), item])),
    spentConfirmations: new Map(
      loaded.spent.map((spent) => [spent.consumption.confirmationId, spent]),
    ),
    reversible: new Map((loaded.reversible ?? []).map((row) => [row.consumption.id, row])),
    keys: new Map((loaded.keys ?? []).map((key) => [key.id, key])),
    keyedEntries: new Map(
      (loaded.keyed ?? []).map((entry) => [keyOf(entry.kind, entry.key), entry]),
    ),
    invoices: new Map((loaded.invoices ?? []).map((row) => [row.id, row])),
    invoicing: loaded.invoicing ?? null,
    ordering: loaded.ordering ?? null,
    orders: new Map((loaded.orders ?? []).map((one) => [one.order.id, one])),
    people,
  };
}

/** Whether a limit was reached. */
function isMoreDue({ now_ms, running_passes, lots, due_items = [] }: Loaded): boolean {
  const dueLots = lots.filter((lot) => isDue(lot, now_ms));
  return [running_passes, dueLots, due_items].some(({ length }) => length >= dueMax);
}

function grouped<Row>(rows: Iterable<Row>, keyOfRow: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOfRow(row));
    if (group) group.push(row);
    else groups.set(keyOfRow(row), [row]);
  }
  return groups;
}
