import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { distribute } from '../../migrations/distribute';
import { distributeTables } from '../../src/db/cluster/distribute-tables';
import { printSchemaSql } from '../../src/db/print-schema-sql';
import { createCitusStandIn } from '../support/desk/citus-stand-in';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { root } from '../support/sources';
import { runVerb } from '../support/verb';

/* `daypass migrate --distribute`, on a stand-in for Citus that checks order and foreign keys. */

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

async function standIn(workers: readonly string[]): Promise<void> {
  const client = new Client(database.url);
  await client.connect();
  try {
    await createCitusStandIn(client, workers);
  } finally {
    await client.end();
  }
}

const run = (...more: string[]) =>
  runVerb(['migrate', '--distribute', ...more], { DATABASE_URL: database.url });

async function withSource<Result>(use: (source: DataSource) => Promise<Result>): Promise<Result> {
  const source = await openTestSource(database.url);
  return use(source).finally(() => source.destroy());
}

test('without Citus, or without a worker, it refuses and says what to do', async () => {
  const plain = await run();
  expect(plain.code).not.toBe(0);
  expect(plain.errors).toContain('create extension citus');
  await standIn([]);
  const alone = await run();
  expect(alone.code).not.toBe(0);
  expect(alone.errors).toContain('citus_add_node');
});

test('it distributes every table once, then only new ones, and keeps each foreign key', async () => {
  await standIn(['worker-1', 'worker-2']);
  const before = await withSource(printSchemaSql);
  const { code, output } = await run('--shards', '8', '--json');
  expect(code).toBe(0);
  const { distribution } = JSON.parse(output) as {
    distribution: { distributed: string[]; reference: string[] };
  };
  expect(distribution.distributed[0]).toBe('journals');
  expect(distribution.reference).toEqual(
    ['accounts', 'day_pass_prices', 'followers', 'plans', 'sellers', 'tax_rates'].sort(),
  );
  expect(await withSource(printSchemaSql)).toBe(before);
  const spread = await withSource((source) =>
    source.query<{ kind: string; groups: number; shards: number }[]>(
      `select count(distinct colocation_id)::int as groups, max(shard_count)::int as shards
       from citus_tables where citus_table_type = 'distributed' and table_name = 'journals'::regclass`,
    ),
  );
  expect(spread).toEqual([{ groups: 1, shards: 8 }]);
  expect((await run()).output).toContain('All tables are distributed already.');

  // A table of a newer release: by its migration, or by the verb.
  await withSource(async (source) => {
    await source.query(`delete from citus.known where table_name = 'job_outbox'::regclass`);
    await source.query('alter table job_outbox drop constraint job_outbox_account_fkey');
    await distribute(source.createQueryRunner(), 'job_outbox');
    await source.query(`delete from citus.known where table_name = 'billing'::regclass`);
  });
  const again = await run('--json');
  expect(JSON.parse(again.output)).toMatchObject({
    distribution: { distributed: ['billing'], reference: [] },
  });
});

test('a table that cannot be beside the journals undoes everything', async () => {
  await standIn(['worker-1']);
  const before = await withSource(printSchemaSql);
  await withSource((source) =>
    source.query(`insert into citus.known values ('lots', 'distributed', 'id', 99, 1)`),
  );
  const { code, errors } = await run();
  expect(code).not.toBe(0);
  expect(errors).toContain('Nothing was changed: these tables would not be beside journals: lots.');
  const known = await withSource((source) => source.query('select 1 from citus.known'));
  expect(known).toHaveLength(1);
  expect(await withSource(printSchemaSql)).toBe(before);
});

test('the statements, in their order', async () => {
  await standIn(['worker-1']);
  const made = await withSource(async (source) => {
    const statements: string[] = [];
    await source.transaction(async (entities) => {
      // Two tables and their keys show the order; the rest is distributed already.
      await entities.query(
        `insert into citus.known select c.oid::regclass,
           case when exists (select from pg_attribute a where a.attrelid = c.oid
             and a.attname = 'account_id') then 'distributed' else 'reference' end, 'account_id', 1, 8
         from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'
           and relname not in ('accounts', 'journals', 'billing', 'job_outbox')`,
      );
      await entities.query('alter sequence citus.groups restart');
      await distributeTables(
        async (sql, parameters) => {
          if (!parameters && !/ from /.test(sql)) statements.push(sql);
          return entities.query(sql, parameters);
        },
        { shards: 8, service: null },
      );
    });
    return statements.filter((text) => !/^alter/.test(text) || /journals|job_outbox/.test(text));
  });
  expect(made).toMatchSnapshot();
});

test('a migration since then distributes each new table of accounts, and adds its foreign keys after that', () => {
  const folder = path.join(root, 'migrations');
  const firstOfDistributed = '1764500500000';
  const tables = readdirSync(folder)
    .filter((name) => /^\d/.test(name) && name >= firstOfDistributed)
    .flatMap((name) => {
      const text = readFileSync(path.join(folder, name), 'utf8');
      const created = [...text.matchAll(/create table (\w+) \(([^`]*)`/g)];
      return created
        .filter(([, , columns]) => columns!.includes('account_id'))
        .map(([, table, columns]) => ({ name, text, table: table!, columns: columns! }));
    });
  expect(tables.map(({ table }) => table)).toContain('orders');
  const wrong = tables.filter(
    ({ text, table, columns }) =>
      !text.includes(`distribute(db, '${table}')`) || columns.includes('foreign key'),
  );
  expect(wrong.map(({ name, table }) => `${name}: ${table}`)).toEqual([]);
});
