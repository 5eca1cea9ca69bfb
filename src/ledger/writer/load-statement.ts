import type { NamedStatement } from '../../db/statement-group';
import { accountRow } from '../rows/account';
import { agentRow } from '../rows/agent';
import { consumptionRow } from '../rows/consumption';
import { list, ms } from '../rows/load-sql';
import { instantOf } from './instant-sql';
import { lotRow } from '../rows/lot';
import { runningPassRow } from '../rows/pass';
import { priceRow } from '../rows/price';
import { walletRow } from '../rows/wallet';
import {
  dueMax,
  loadParts,
  lotColumns,
  type AddParameter,
  type LoadGiven,
  type LoadPart,
  type LoadPartName,
} from './load-parts';

const allParts = Object.keys(loadParts) as LoadPartName[];

/**
 * The statements that there are, the smallest first. Each connection prepares each of them once, so
 * they are few: agents enter; agents enter by a ticket, a key or in a session; everything else.
 */
const statements = [
  statementOf('load-portal-entries', []),
  statementOf('load-entries', ['tickets', 'apiKeys']),
  statementOf('load-all', allParts),
];

/** The smallest statement that loads what the batch needs. */
export function loadStatement(given: LoadGiven): NamedStatement {
  const isNeeded = (part: LoadPartName) => {
    const need = given.needs[part];
    return typeof need === 'boolean' ? need : need.length > 0;
  };
  const needed = allParts.filter(isNeeded);
  const { name, text, parameters } = statements.find(({ parts }) =>
    needed.every((part) => parts.includes(part)),
  )!;
  return { name, text, values: parameters.map((valueOf) => valueOf(given)), hasRows: true };
}

interface Statement {
  name: string;
  parts: readonly LoadPartName[];
  text: string;
  parameters: readonly ((given: LoadGiven) => unknown)[];
}

function statementOf(name: string, parts: readonly LoadPartName[]): Statement {
  const parameters: ((given: LoadGiven) => unknown)[] = [];
  const parameter: AddParameter = (type, valueOf) => `$${parameters.push(valueOf)}::${type}`;
  parameter('uuid', ({ accountId }) => accountId);
  const always = alwaysLoaded(parameter);
  const more = parts.map((part): LoadPart => loadParts[part](parameter));
  return { name, parts, text: textOf(always, more), parameters };
}

function alwaysLoaded(parameter: AddParameter) {
  return {
    instantMs: parameter('float8', ({ instantMs }) => instantMs),
    agents: parameter('uuid[]', ({ needs }) => needs.agents),
    wallets: parameter('uuid[]', ({ needs }) => needs.wallets),
    confirmations: parameter('uuid[]', ({ needs }) => needs.confirmations),
    passes: parameter('int', ({ needs }) => needs.passes),
  };
}

function textOf(always: ReturnType<typeof alwaysLoaded>, more: readonly LoadPart[]): string {
  const all = (name: 'agents' | 'passes' | 'wallets' | 'lots', glue: string) =>
    more.flatMap((part) => (part[name] === undefined ? [] : [` ${glue} ${part[name]}`])).join('');
  const queries = more.flatMap((part) => Object.entries(part.queries ?? {}));
  const columns = more.flatMap((part) => Object.entries(part.columns));
  return `
  with account as materialized (
    select a.*, ${instantOf(always.instantMs)} as now
    from accounts a join journals j on j.account_id = a.id
    where a.id = $1
  ), ${queries.map(([name, query]) => `${name} as (${query}), `).join('')}
  pass as (
    -- Agent by agent: asked for all together, every running pass of the account is read.
    select running.* from (
      select unnest(${always.agents}) as agent_id${all('agents', 'union')}) asked
    cross join lateral (
      select * from running_passes r
      where r.account_id = $1 and r.agent_id = asked.agent_id limit 1) running
    ${all('passes', 'union')}
  ), wallet as (
    select * from wallets where account_id = $1 and (
      client_id is null or id = any(${always.wallets}) or id in (select wallet_id from pass)
      ${all('wallets', 'or')})
  ), lot as (
    select ${lotColumns('due')} from wallet, account cross join lateral (
      select * from lots
      where lots.account_id = $1 and wallet_id = wallet.id and remaining > 0
        and expires_at <= account.now
      order by expires_at, id limit ${dueMax}) due
    union all
    -- The first lots that together hold the passes that the batch can draw.
    select ${lotColumns('drawn')} from wallet, account cross join lateral (
      select *, sum(remaining) over (
        order by priority, expires_at, sequence rows unbounded preceding) - remaining as before
      from (
        select * from lots
        where lots.account_id = $1 and wallet_id = wallet.id and remaining > 0
          and (expires_at is null or expires_at > account.now)
        order by priority, expires_at, sequence limit ${always.passes}) first) drawn
    where drawn.before < ${always.passes}
    ${all('lots', 'union all')}
  )
  select
    ${ms('account.now')} as now_ms,
    account.sandbox,
    account.test_clock_offset_ms as clock_offset_ms,
    account.allow_session_consume as sessions_consume,
    ${accountRow.json('account')} as account,
    ${list(
      priceRow.pairs('price'),
      'day_pass_prices price where plan = account.plan and currency = account.currency',
    )} as prices,
    ${list(
      agentRow.pairs('agent'),
      `agents agent where account_id = $1 and id = any(${always.agents})`,
    )} as agents,
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
       where c.account_id = $1 and c.confirmation_id = any(${always.confirmations})`,
    )} as spent
    ${columns.map(([name, column]) => `, ${column} as ${name}`).join('')}
  from account`;
}
