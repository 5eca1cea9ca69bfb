import type { PoolConfig } from 'pg';
import type { DataSource } from 'typeorm';
import { adoptAuditEvents } from './adopt-audit-events';
import { distributeTables, type Distribution } from './cluster/distribute-tables';
import { createDataSource } from './data-source';
import { migrateJobs } from './jobs';
import { grantStatements } from './roles/grant-statements';
import { powersOf, readRoles, type Ask } from './roles/read-roles';

/** The advisory lock under which replicas migrate, make their secrets and seed: 'daypass' in ASCII. */
const setUpLock = 0x64_61_79_70_61_73n;

/**
 * Brings the database at `url` to the newest migration, then runs `then` on connections of that role,
 * all under one advisory lock, so that replicas which start together do it once. With `migrationUrl` the
 * migrations run as that role, to which the tables belong, and the role of `url` gets what it needs of
 * them each time. Answers the names of the migrations that ran.
 */
export async function migrate(
  url: string,
  then: (source: DataSource, owner: DataSource) => Promise<void> = async () => {},
  migrationUrl: string | null = null,
): Promise<string[]> {
  const source = await open(url);
  try {
    const owner = migrationUrl === null ? source : await open(migrationUrl);
    try {
      return await underLock(owner, async () => {
        const ran =
          migrationUrl === null
            ? await migrateByOne(source, url)
            : await migrateByOwner({ owner, source }, migrationUrl);
        await adoptAuditEvents(source);
        await then(source, owner);
        return ran.map((migration) => migration.name);
      });
    } finally {
      if (owner !== source) await owner.destroy();
    }
  } finally {
    await source.destroy();
  }
}

/** A migration may take longer than any request: the bounds of requests do not apply here. */
function open(url: string): Promise<DataSource> {
  const bounds = { connectionTimeoutMillis: 5_000, onConnect: changeShardsInTurn };
  return createDataSource(url, 4, bounds).initialize();
}

/**
 * In a database with Citus a migration changes shards one after the other: in parallel, a foreign key
 * to a reference table fails in the transaction that changed it. Other databases have no such setting.
 */
const changeShardsInTurn: PoolConfig['onConnect'] = async (client) => {
  await client.query(
    `select set_config('citus.multi_shard_modify_mode', 'sequential', false)
     where to_regclass('citus_tables') is not null`,
  );
};

async function underLock<Result>(source: DataSource, work: () => Promise<Result>): Promise<Result> {
  const lock = source.createQueryRunner();
  await lock.query('select pg_advisory_lock($1)', [String(setUpLock)]);
  try {
    return await work();
  } finally {
    await lock.query('select pg_advisory_unlock($1)', [String(setUpLock)]);
    await lock.release();
  }
}

/** One role for all; or only the service's, if the owner's address is not configured here. */
async function migrateByOne(source: DataSource, url: string): Promise<{ name: string }[]> {
  const { service, owners, isOwner } = await readRoles(askOf(source), await roleOf(source));
  if (owners.length > isOwner.length) {
    if (!(await pendingMigrations(source))) return [];
    throw new Error(
      `There are migrations to run, but the tables belong to ${owners.join(', ')}, not to ` +
        `${service}: run npx daypass migrate with DAYPASS_MIGRATION_URL first.`,
    );
  }
  const ran = await source.runMigrations();
  await migrateJobs(url);
  return ran;
}

async function migrateByOwner(
  { owner, source }: { owner: DataSource; source: DataSource },
  migrationUrl: string,
): Promise<{ name: string }[]> {
  const [name, service] = [await roleOf(owner), await roleOf(source)];
  await refuseOneRole(owner, { name, service });
  const ran = await owner.runMigrations();
  await migrateJobs(migrationUrl);
  // Again once there are tables, because the role of the service may also be a member of the
  // owner's.
  await refuseOneRole(owner, { name, service });
  const statements = await grantStatements(askOf(owner), service);
  await owner.transaction(async (entities) => {
    for (const statement of statements) await entities.query(statement);
  });
  return ran;
}

/**
 * Refuses to start if two addresses are set but the service's role could rewrite history even so.
 */
async function refuseOneRole(
  owner: DataSource,
  { name, service }: { name: string; service: string },
): Promise<void> {
  const roles = await readRoles(askOf(owner), service);
  const others = roles.owners.filter((other) => other !== name);
  const wrong = [
    ...powersOf(roles).map(
      (power) => `the role ${service} of DATABASE_URL could rewrite history: ${power}`,
    ),
    ...(name === service ? ['DATABASE_URL names the same role'] : []),
    ...(others.length > 0 ? [`tables belong to ${others.join(', ')}, not to ${name}`] : []),
  ];
  if (wrong.length === 0) return;
  throw new Error(
    `DAYPASS_MIGRATION_URL is set, but ${wrong.join('; ')}. ` +
      'npx daypass doctor prints the statements that change it.',
  );
}

async function roleOf(source: DataSource): Promise<string> {
  const [self] = await source.query<{ name: string }[]>('select current_user::text as name');
  return self!.name;
}

function askOf(source: DataSource): Ask {
  return (sql, parameters) => source.query(sql, parameters);
}

/**
 * Distributes the tables over the machines of a cluster, as their owner and in one transaction. Runs
 * under the set-up lock, as `then` of `migrate`.
 */
export async function distributeDatabase(
  { owner, source }: { owner: DataSource; source: DataSource },
  shards: number | null,
): Promise<Distribution> {
  const service = owner === source ? null : await roleOf(source);
  return owner.transaction((entities) =>
    distributeTables((sql, parameters) => entities.query(sql, parameters), { shards, service }),
  );
}

/** Whether the database lacks a migration. */
export async function pendingMigrations(source: DataSource): Promise<boolean> {
  return source.showMigrations();
}
