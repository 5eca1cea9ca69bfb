import type { Client } from 'pg';
import { hasCitus, readTables, type ClusterTable } from '../db/cluster/read-cluster';
import type { Ask } from '../db/roles/read-roles';
import { forbiddenOn, tableNames } from '../db/roles/rights';
import { broken, ok, warning, type Finding } from './doctor-finding';

const part = 'cluster';
/** Machines whose clocks differ more put wrong times into each other's logs, and are not synchronised. */
const clockWarnMs = 1_000;
/** Of the connections that a machine offers. */
const connectionsWarn = 0.8;

interface Node {
  nodeid: number;
  name: string;
  isactive: boolean;
}

/** What a machine reports of itself. */
interface NodeState {
  version: string;
  citus: string;
  settings: Record<string, string>;
  clockMs: number;
  prepared: number;
  connectionsMax: number;
  connections: number;
}

/** Each machine answers this with one text. The extension has its version in a catalogue of its own. */
const stateOfNode = `
  select json_build_object(
    'version', current_setting('server_version'),
    'citus', coalesce((select extversion from pg_extension where extname = 'citus'), ''),
    'settings', (select json_object_agg(name, setting) from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'TimeZone', 'server_encoding')),
    'clockMs', extract(epoch from clock_timestamp())::float8 * 1000,
    'prepared', current_setting('max_prepared_transactions')::int,
    'connectionsMax', current_setting('max_connections')::int,
    'connections', (select count(*) from pg_stat_activity where backend_type = 'client backend')
  )::text`;

type Problem = Pick<Finding, 'says' | 'state'> & { advice: string };

const problem = (says: string, advice: string): Problem => ({ state: 'warning', says, advice });
const fault = (says: string, advice: string): Problem => ({ state: 'broken', says, advice });

/** The machines of a database with Citus, and what is distributed over them. */
export async function checkCluster(client: Client): Promise<Finding> {
  const ask: Ask = async (sql, parameters) => (await client.query(sql, parameters)).rows as never[];
  if (!(await hasCitus(ask))) {
    return ok(part, 'Citus is not installed in this database: one PostgreSQL has all tables');
  }
  const nodes = await readNodes(ask);
  const { states, unreachable } = await readStates(ask, nodes);
  const tables = await readTables(ask, tableNames);
  const problems = [
    ...findUnreachable(nodes, unreachable),
    ...judgeNodes(states),
    ...findUndistributed(tables),
    ...(await findExcess(ask, tables)),
  ];
  const says = describe(nodes, states);
  if (problems.length === 0) return ok(part, says);
  const isBroken = problems.some(({ state }) => state === 'broken');
  return (isBroken ? broken : warning)(
    part,
    `${says}; ${problems.map((one) => one.says).join('; ')}`,
    [...new Set(problems.map(({ advice }) => advice))].join(' '),
  );
}

function readNodes(ask: Ask): Promise<Node[]> {
  return ask<Node>(
    `select nodeid, nodename || ':' || nodeport as name, isactive from pg_dist_node
     where noderole = 'primary' order by nodeid`,
  );
}

async function readStates(
  ask: Ask,
  nodes: readonly Node[],
): Promise<{ states: Map<string, NodeState>; unreachable: string[] }> {
  const answers = await ask<{ nodeid: number; success: boolean; result: string }>(
    'select nodeid, success, result from run_command_on_all_nodes($1)',
    [stateOfNode],
  );
  const nameOf = (id: number) => nodes.find(({ nodeid }) => nodeid === id)?.name ?? String(id);
  const states = new Map<string, NodeState>();
  const unreachable: string[] = [];
  for (const { nodeid, success, result } of answers) {
    if (success) states.set(nameOf(nodeid), JSON.parse(result) as NodeState);
    else unreachable.push(nameOf(nodeid));
  }
  return { states, unreachable };
}

function findUnreachable(nodes: readonly Node[], unreachable: readonly string[]): Problem[] {
  const inactive = nodes.filter(({ isactive }) => !isactive).map(({ name }) => name);
  return [
    ...unreachable.map((name) =>
      fault(`${name} does not answer`, 'Start each machine, or fail over to its replica.'),
    ),
    ...inactive.map((name) =>
      problem(`${name} is not active`, 'Run citus_activate_node for it, or citus_remove_node.'),
    ),
  ];
}

function judgeNodes(states: ReadonlyMap<string, NodeState>): Problem[] {
  const nodes = [...states];
  const differ = (valueOf: (state: NodeState) => string) =>
    new Set(nodes.map(([, state]) => valueOf(state))).size > 1;
  const list = (valueOf: (state: NodeState) => string) =>
    nodes.map(([name, state]) => `${name} ${valueOf(state)}`).join(', ');
  const problems: Problem[] = [];
  const version = ({ version, citus }: NodeState) => `${version} ${citus}`.trim();
  if (differ(version)) {
    problems.push(problem(`versions differ: ${list(version)}`, 'Install one version everywhere.'));
  }
  const settings = ({ settings }: NodeState) =>
    Object.entries(settings)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, setting]) => `${name}=${setting}`)
      .join(' ');
  if (differ(settings)) {
    problems.push(
      problem(`settings differ: ${list(settings)}`, 'Use the same settings everywhere.'),
    );
  }
  const clocks = nodes.map(([, { clockMs }]) => clockMs);
  const apartMs = Math.round(Math.max(...clocks) - Math.min(...clocks));
  if (apartMs > clockWarnMs) {
    problems.push(
      problem(
        `the clocks differ by ${apartMs} ms`,
        'Synchronise the clocks of all machines (NTP).',
      ),
    );
  }
  for (const [name, { prepared, connectionsMax, connections }] of nodes) {
    if (prepared < connectionsMax) {
      const says = `${name} has max_prepared_transactions ${prepared}, and max_connections ${connectionsMax}`;
      const advice =
        'Set max_prepared_transactions to max_connections or more: a transaction on several machines needs it.';
      problems.push((prepared === 0 ? fault : problem)(says, advice));
    }
    if (connections > connectionsMax * connectionsWarn) {
      const says = `${name} uses ${connections} of ${connectionsMax} connections`;
      problems.push(problem(says, 'Raise max_connections there, or run fewer processes.'));
    }
  }
  return problems;
}

function findUndistributed(tables: readonly ClusterTable[]): Problem[] {
  const names = tables
    .filter(({ isOfAccounts, kind }) => isOfAccounts && kind !== 'distributed')
    .map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    problem(
      `tables of accounts that are not distributed: ${names.join(', ')}`,
      'Run npx daypass migrate --distribute.',
    ),
  ];
}

/**
 * Privileges on shards that the service's role should not have, if the tables belong to another role.
 * Citus copies privileges to new shards only as far as they were granted.
 */
async function findExcess(ask: Ask, tables: readonly ClusterTable[]): Promise<Problem[]> {
  const [owned] = await ask<{ isOwner: boolean }>(
    `select pg_has_role(current_user, c.relowner, 'MEMBER') as "isOwner" from pg_class c
     where c.oid = 'journals'::regclass`,
  );
  if (owned!.isOwner) return [];
  const problems: Problem[] = [];
  for (const { name, kind } of tables) {
    const kinds = forbiddenOn(name).map((one) => `'${one}'`);
    if (kind !== 'distributed' || kinds.length === 0) continue;
    const found = await ask<{ shards: number; rights: string }>(
      `select count(*)::int as shards, max(result) as rights
       from run_command_on_shards($1::regclass, $2) where success and result <> ''`,
      [
        name,
        `select coalesce(string_agg(kind, ' '), '') from unnest(array[${kinds.join(', ')}]) as kind
         where has_table_privilege('%s', kind)`,
      ],
    );
    const [{ shards, rights }] = found as [(typeof found)[number]];
    if (shards === 0) continue;
    problems.push(
      fault(
        `the service's role may ${rights} on ${shards} shards of ${name}`,
        'Run npx daypass migrate with DAYPASS_MIGRATION_URL.',
      ),
    );
  }
  return problems;
}

function describe(nodes: readonly Node[], states: ReadonlyMap<string, NodeState>): string {
  const [first] = states.values();
  const version = first
    ? ` with PostgreSQL ${first.version} and Citus ${first.citus}`.trimEnd()
    : '';
  const counts = [...states].map(
    ([name, { connections, connectionsMax }]) => `${name} ${connections} of ${connectionsMax}`,
  );
  return `${nodes.length} machines${version}; connections: ${counts.join(', ')}`;
}
