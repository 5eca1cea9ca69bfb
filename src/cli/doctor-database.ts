import { Client } from 'pg';
import { migrations } from '../../migrations';
import type { Config } from '../core/config';
import { checkAddresses } from './doctor-addresses';
import { broken, ok, warning, type Finding } from './doctor-finding';
import { checkCluster } from './doctor-cluster';
import { checkCollation } from './doctor-collation';
import { checkFollowers } from './doctor-followers';
import { checkHistory } from './doctor-history';
import { checkExternalIds } from './doctor-ids';
import { checkJobs } from './doctor-jobs';
import { checkOutbox } from './doctor-outbox';
import { followers } from '../server/features';
import { checkWebhooks } from './doctor-webhooks';
import { checkAgentZones } from './doctor-zones';

/**
 * Connections of a process besides its pools: the listener of hints, jobs, and a command of the
 * command line.
 */
const connectionsBeside = 8;
const clockWarnMs = 2_000;
const undefinedTable = '42P01';

/** Examines the PostgreSQL at `url`. Rejects if it cannot be reached. */
export async function checkDatabase(url: string, config: Config): Promise<Finding[]> {
  const client = new Client({
    connectionString: url,
    application_name: 'daypass doctor',
    connectionTimeoutMillis: 5_000,
    statement_timeout: 5_000,
  });
  await client.connect();
  try {
    const settings = await readSettings(client);
    const schema = await checkMigrations(client);
    return [
      checkVersion(settings),
      schema,
      checkDurability(settings),
      await checkClock(client),
      checkConnections(settings, config),
      await checkHistory(client, config),
      // Rows are read only by the schema that this release knows.
      ...(schema.state === 'ok' ? await checkRows(client) : []),
    ];
  } finally {
    await client.end();
  }
}

async function checkRows(client: Client): Promise<Finding[]> {
  return [
    await checkCluster(client),
    await checkCollation(client),
    await checkAgentZones(client),
    await checkAddresses(client),
    await checkExternalIds(client),
    await checkJobs(client),
    await checkOutbox(client),
    await checkFollowers(
      client,
      followers.map(({ name }) => name),
    ),
    await checkWebhooks(client),
  ];
}

type Settings = ReadonlyMap<string, string>;

async function readSettings(client: Client): Promise<Settings> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('server_version', 'server_version_num',
       'fsync', 'synchronous_commit', 'full_page_writes', 'max_connections',
       'superuser_reserved_connections', 'reserved_connections')`,
  );
  return new Map(rows.map(({ name, setting }) => [name, setting]));
}

function checkVersion(settings: Settings): Finding {
  const says = `PostgreSQL ${settings.get('server_version')} answers`;
  if (Number(settings.get('server_version_num')) >= 140_000) return ok('database', says);
  return broken('database', says, 'Daypass needs PostgreSQL 14 or later.');
}

/** Reads only: the service itself would create the table of migrations if the database has none. */
async function checkMigrations(client: Client): Promise<Finding> {
  const done = await client
    .query<{ name: string }>('select name from migrations')
    .then(({ rows }) => rows.map(({ name }) => name))
    .catch((error: { code?: string }) => {
      if (error.code === undefinedTable) return new Array<string>();
      throw error;
    });
  const pending = migrations.map(({ name }) => name).filter((name) => !done.includes(name));
  if (pending.length === 0) return ok('migrations', `all ${migrations.length} migrations have run`);
  const advice = 'Run "daypass migrate", or start the service, which runs them.';
  return warning('migrations', `pending: ${pending.join(', ')}`, advice);
}

/** What was acknowledged survives a crash only with all three on. */
function checkDurability(settings: Settings): Finding {
  const off = ['fsync', 'synchronous_commit', 'full_page_writes'].filter(
    (name) => settings.get(name) === 'off',
  );
  if (off.length === 0) return ok('durability', 'committed data survives a crash');
  const advice = 'Switch it on. Otherwise a crash may lose or damage committed data.';
  return warning('durability', `off: ${off.join(', ')}`, advice);
}

/** The database's clock decides everything; this process's own appears only in its log. */
async function checkClock(client: Client): Promise<Finding> {
  const askedAt = Date.now();
  const { rows } = await client.query<{ ms: number }>(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as ms',
  );
  const aheadMs = Math.round((askedAt + Date.now()) / 2 - (rows[0]?.ms ?? Number.NaN));
  const says = `this machine's clock is ${aheadMs} ms ahead of the database's clock, which Daypass uses`;
  if (Math.abs(aheadMs) <= clockWarnMs) return ok('clock', says);
  return warning(
    'clock',
    says,
    'Synchronise the clocks of both machines. Otherwise logs and identity providers disagree with Daypass.',
  );
}

function checkConnections(settings: Settings, config: Config): Finding {
  const count = (name: string) => Number(settings.get(name) ?? 0);
  const reserved = count('superuser_reserved_connections') + count('reserved_connections');
  const available = count('max_connections') - reserved;
  const needed =
    config.poolSize + config.reservedPoolSize + config.writerPoolSize + connectionsBeside;
  const processes = Math.floor(available / needed);
  const says = `the server offers ${available} connections, and one process needs ${needed}: enough for ${processes}`;
  if (processes >= 1) return ok('connections', says);
  const advice = 'Raise max_connections, or lower DAYPASS_POOL_SIZE and DAYPASS_WRITER_POOL_SIZE.';
  return broken('connections', says, advice);
}
