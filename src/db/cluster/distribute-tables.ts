import { grantStatements } from '../roles/grant-statements';
import { quoted, type Ask } from '../roles/read-roles';
import { tableNames } from '../roles/rights';
import {
  countWorkers,
  hasCitus,
  readForeignKeys,
  readTables,
  type ClusterTable,
} from './read-cluster';

/** Which tables became distributed, and which became reference tables. */
export interface Distribution {
  distributed: string[];
  reference: string[];
}

/** The lock of each account is here; other tables have their rows beside those of this one. */
const anchor = 'journals';
/** What only the coordinator reads. */
const local = ['migrations', 'service_secrets'];
const guide = 'docs/scale.md has the steps.';

/**
 * Distributes the tables of accounts by account in a database with Citus, and makes those that belong
 * to no account reference tables, of which each machine has a copy. Tables that are distributed already
 * are left as they are. The caller's `ask` is one transaction, and holds the set-up lock. Throws if
 * the database cannot be distributed, and says what to do.
 */
export async function distributeTables(
  ask: Ask,
  {
    shards,
    service,
  }: {
    /** Null: as many as Citus makes by default. */
    shards: number | null;
    /** The service's role, if the tables belong to another one. */
    service: string | null;
  },
): Promise<Distribution> {
  await requireCluster(ask);
  const tables = await readTables(ask, tableNames);
  const isNew = ({ name, kind }: ClusterTable) => kind === null && !local.includes(name);
  const reference = tables.filter((table) => isNew(table) && !table.isOfAccounts);
  const distributed = tables
    .filter((table) => isNew(table) && table.isOfAccounts)
    .sort((a, b) => Number(b.name === anchor) - Number(a.name === anchor));
  const changed = [...reference, ...distributed].map(({ name }) => name);
  if (changed.length === 0) return { distributed: [], reference: [] };

  // Otherwise a foreign key to a reference table would see another connection's uncommitted rows.
  await ask(`set local citus.multi_shard_modify_mode to 'sequential'`);
  // Citus distributes no table that refers to one that is not distributed yet.
  const keys = await readForeignKeys(ask, changed);
  for (const { from, name } of keys) {
    await ask(`alter table ${quoted(from)} drop constraint ${quoted(name)}`);
  }
  for (const { name } of reference) await ask(`select create_reference_table('${name}')`);
  for (const { name } of distributed) await ask(distributeStatement(name, shards));
  for (const { from, name, definition } of keys) {
    await ask(`alter table ${quoted(from)} add constraint ${quoted(name)} ${definition}`);
  }
  const grants = service === null ? [] : await grantStatements(ask, service);
  for (const statement of grants) await ask(statement);
  await requireDistributed(ask);
  return {
    distributed: distributed.map(({ name }) => name),
    reference: reference.map(({ name }) => name),
  };
}

function distributeStatement(name: string, shards: number | null): string {
  if (name !== anchor) {
    return `select create_distributed_table('${name}', 'account_id', colocate_with => '${anchor}')`;
  }
  const count = shards === null ? '' : `, shard_count => ${shards}`;
  return `select create_distributed_table('${anchor}', 'account_id', colocate_with => 'none'${count})`;
}

async function requireCluster(ask: Ask): Promise<void> {
  if (!(await hasCitus(ask))) {
    throw new Error(
      'This database does not have the extension Citus. Install Citus on each machine of the ' +
        `cluster, and run "create extension citus" in this database on each of them. ${guide}`,
    );
  }
  if ((await countWorkers(ask)) === 0) {
    throw new Error(
      'The cluster has no worker. Add each with "select citus_add_node(\'host\', 5432)" as a ' +
        `superuser of this database. ${guide}`,
    );
  }
}

/** Throws, and so undoes everything, if the rows of an account would be on several machines. */
async function requireDistributed(ask: Ask): Promise<void> {
  const tables = (await readTables(ask, tableNames)).filter(({ isOfAccounts }) => isOfAccounts);
  const group = tables.find(({ name }) => name === anchor)?.group;
  const wrong = tables.filter(
    (table) =>
      table.kind !== 'distributed' || table.distributedBy !== 'account_id' || table.group !== group,
  );
  if (wrong.length === 0) return;
  throw new Error(
    `Nothing was changed: these tables would not be beside ${anchor}: ` +
      `${wrong.map(({ name }) => name).join(', ')}.`,
  );
}
