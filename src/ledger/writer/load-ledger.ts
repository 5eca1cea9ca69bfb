import type { PoolClient } from 'pg';
import { tzdataVersion } from '../../time/zone-database';
import { loadPeople } from './load-people';
import { accountRow } from '../rows/account';
import { agentRow } from '../rows/agent';
import { apiKeyRow } from '../rows/api-key';
import { consumptionRow } from '../rows/consumption';
import { list, ms } from '../rows/load-sql';
import { lotRow } from '../rows/lot';
import { runningPassRow } from '../rows/pass';
import { priceRow } from '../rows/price';
import { walletRow } from '../rows/wallet';
import {
  keyOf,
  type AccountTerms,
  type ApiKey,
  type Consumption,
  type KeyedEntry,
  type Ledger,
  type Lot,
  type NamedAgent,
  type PurchasePrice,
  type ReversibleConsumption,
  type RunningPass,
  type Ticket,
  type Wallet,
} from '../model/ledger';
import type { BatchNeeds } from '../model/needs';
import { passLengthMaxHours } from '../model/same-day.rules';

/** At most this many passes, and this many lots, end in one batch. */
export const dueMax = 1_000;
/** A batch draws at most one pass a command, so no more lots than that can be touched. */
const lotsMax = 256;

interface Loaded {
  now_ms: number;
  sandbox: boolean;
  sessions_consume: boolean;
  account: AccountTerms;
  last_pass_ends_ms: number | null;
  prices: PurchasePrice[];
  agents: NamedAgent[];
  admins: string[];
  tickets: Ticket[];
  wallets: Wallet[];
  lots: Lot[];
  owed: { walletId: string; consumptionId: string }[];
  running_passes: RunningPass[];
  spent: { consumption: Consumption; commandId: string }[];
  reversible: ReversibleConsumption[];
  keyed: KeyedEntry[];
  keys: ApiKey[];
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
  const { rows } = await client.query<Loaded>({
    name: 'load-ledger',
    text: loadStatement,
    values: [journal.accountId, instantMs, dueMax, lotsMax, ...parametersOf(needs)],
  });
  const loaded = rows[0];
  if (!loaded) throw new Error(`Account ${journal.accountId} has no journal.`);
  const { people, agents } = await loadPeople(client, journal.accountId, needs);
  return {
    accountId: journal.accountId,
    nowMs: loaded.now_ms,
    tzdataVersion,
    sandbox: loaded.sandbox,
    sessionsConsume: loaded.sessions_consume,
    account: loaded.account,
    lastPassEndsAtMs: loaded.last_pass_ends_ms,
    sequence: journal.sequence,
    prices: loaded.prices,
    agents: new Map([...loaded.agents, ...agents].map((agent) => [agent.id, agent])),
    admins: new Set(loaded.admins),
    tickets: new Map(loaded.tickets.map((ticket) => [ticket.id, ticket])),
    wallets: new Map(loaded.wallets.map((wallet) => [wallet.id, wallet])),
    lots: grouped(loaded.lots, (lot) => lot.walletId),
    owed: new Map(
      [...grouped(loaded.owed, (owed) => owed.walletId)].map(([walletId, owed]) => [
        walletId,
        owed.map(({ consumptionId }) => consumptionId),
      ]),
    ),
    runningPasses: new Map(loaded.running_passes.map((pass) => [pass.agentId, pass])),
    spentConfirmations: new Map(
      loaded.spent.map((spent) => [spent.consumption.confirmationId, spent]),
    ),
    reversible: new Map(loaded.reversible.map((row) => [row.consumption.id, row])),
    keys: new Map(loaded.keys.map((key) => [key.id, key])),
    keyedEntries: new Map(loaded.keyed.map((entry) => [keyOf(entry.kind, entry.key), entry])),
    people,
  };
}

/** The parameters from $5 on. */
function parametersOf(needs: BatchNeeds): unknown[] {
  return [
    needs.agents,
    needs.wallets,
    needs.tickets,
    needs.confirmations,
    needs.keyedEntries.map(({ kind }) => kind),
    needs.keyedEntries.map(({ key }) => key),
    needs.due,
    needs.reversals,
    needs.admins,
    needs.apiKeys,
    needs.lastPass,
  ];
}

function grouped<Row>(rows: readonly Row[], keyOfRow: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOfRow(row));
    if (group) group.push(row);
    else groups.set(keyOfRow(row), [row]);
  }
  return groups;
}

/** The account's instant: the database's clock and the test clock, never before the journal's last. */
export const instantOf = (fixedMs: string) => `greatest(
  coalesce(
    to_timestamp(${fixedMs}::float8 / 1000),
    date_trunc('milliseconds', clock_timestamp())
      + a.test_clock_offset_ms * interval '1 millisecond'),
  j.last_instant)`;

const loadStatement = `
  with instant as materialized (
    select ${instantOf('$2')} as now
    from accounts a join journals j on j.account_id = a.id
    where a.id = $1
  ), reversed as (
    select c.*, e.settled_by_lot_id from consumptions c
    left join emergency_passes e on e.account_id = $1 and e.consumption_id = c.id
    where c.account_id = $1 and c.id = any($12::uuid[])
  ), pass as (
    -- Agent by agent: asked for all together, every running pass of the account is read.
    select running.* from (
      select unnest($5::uuid[]) as agent_id union select agent_id from reversed) asked
    cross join lateral (
      select * from running_passes r
      where r.account_id = $1 and r.agent_id = asked.agent_id limit 1) running
    union
    (select r.* from running_passes r, instant
      where r.account_id = $1 and $11::boolean and r.expires_at <= instant.now
      order by r.expires_at, r.agent_id limit $3)
  ), due_lot as (
    select l.* from lots l, instant
    where l.account_id = $1 and $11::boolean and l.remaining > 0 and l.expires_at <= instant.now
    order by l.expires_at, l.id limit $3
  ), ticket as (
    select id, client_id from tickets where account_id = $1 and id = any($7::uuid[])
  ), wallet as (
    select * from wallets where account_id = $1 and (
      client_id is null
      or id = any($6::uuid[])
      or id in (select wallet_id from pass union all select wallet_id from due_lot
        union all select wallet_id from reversed)
      or client_id in (select client_id from ticket))
  ), lot as (
    select * from due_lot
    union
    select * from lots where account_id = $1
      and id in (select coalesce(lot_id, settled_by_lot_id) from reversed)
    union
    select due.* from wallet, instant cross join lateral (
      select * from lots
      where lots.account_id = $1 and wallet_id = wallet.id and remaining > 0
        and expires_at <= instant.now
      order by expires_at, id limit $3) due
    union
    select drawn.* from wallet, instant cross join lateral (
      select * from lots
      where lots.account_id = $1 and wallet_id = wallet.id and remaining > 0
        and (expires_at is null or expires_at > instant.now)
      order by priority, expires_at, sequence limit $4) drawn
  )
  select
    ${ms('instant.now')} as now_ms,
    account.sandbox,
    account.allow_session_consume as sessions_consume,
    ${accountRow.json('account')} as account,
    case when $15::boolean then
      (select ${ms('max(expires_at)')} from running_passes where account_id = $1)
    end as last_pass_ends_ms,
    ${list(
      priceRow.pairs('price'),
      'day_pass_prices price where plan = account.plan and currency = account.currency',
    )} as prices,
    ${list(
      agentRow.pairs('agent'),
      'agents agent where account_id = $1 and id = any($5::uuid[])',
    )} as agents,
    (select coalesce(json_agg(id), '[]') from agents
      where $13::boolean and account_id = $1 and status = 'ACTIVE' and type = 'FULL_TIME'
        and role = 'ACCOUNT_ADMIN') as admins,
    ${list(`'id', id, 'clientId', client_id`, 'ticket')} as tickets,
    ${list(walletRow.pairs('wallet'), 'wallet')} as wallets,
    ${list(
      lotRow.pairs('lot'),
      '(select * from lot order by priority, expires_at, sequence) as lot',
    )} as lots,
    ${list(
      `'walletId', wallet_id, 'consumptionId', consumption_id`,
      `(select e.* from emergency_passes e join wallet on wallet.id = e.wallet_id
        where e.account_id = $1 and e.settled_by_lot_id is null order by e.sequence) as owed`,
    )} as owed,
    ${list(runningPassRow.pairs('pass'), 'pass')} as running_passes,
    ${list(
      `'consumption', ${consumptionRow.json('c')}, 'commandId', e.command_id`,
      `consumptions c join journal_entries e on e.account_id = $1 and e.sequence = c.sequence
       where c.account_id = $1 and c.confirmation_id = any($8::uuid[])`,
    )} as spent,
    ${list(
      `'consumption', ${consumptionRow.json('c')}, 'settledByLotId', c.settled_by_lot_id,
       'reversedNear', ${list(
         `'id', other.id, 'agentId', other.agent_id, 'startsAtMs', ${ms('other.starts_at')},
          'expiresAtMs', ${ms('other.expires_at')}`,
         `consumptions other
          where other.account_id = $1 and other.agent_id = c.agent_id
            and other.starts_at > c.starts_at - interval '${passLengthMaxHours} hours'
            and other.starts_at < c.expires_at
            and other.reversed_at is not null and other.id <> c.id`,
       )}`,
      'reversed c',
    )} as reversible,
    ${list(
      `'kind', e.kind, 'key', e.key, 'keyDigest', e.key_digest, 'commandId', e.command_id,
       'walletId', e.wallet_id, 'purchaseId', e.payload::json ->> 'purchaseId'`,
      `unnest($9::text[], $10::text[]) as asked (kind, key)
       join journal_entries e on e.account_id = $1 and e.kind = asked.kind and e.key = asked.key`,
    )} as keyed,
    ${list(
      apiKeyRow.pairs('key'),
      'api_keys key where account_id = $1 and id = any($14::uuid[])',
    )} as keys
  from instant, accounts account where account.id = $1`;
