import type { DataSource } from 'typeorm';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';

/** The only tables that do not belong to an account; `migrations` is TypeORM's own. */
const withoutAccount = [
  'accounts',
  'service_secrets',
  'day_pass_prices',
  'plans',
  'sellers',
  'tax_rates',
  'followers',
  'migrations',
];
/** A cluster sharded by account appends a shard's number, and PostgreSQL cuts names at 63. */
const nameLengthMax = 50;

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url);
});

afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const names = (rows: { name: string }[]) => rows.map((row) => row.name);

const ourTables = `select oid, relname from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> all($1)`;

test('every table of an account has a primary key', async () => {
  const bare = await source.query(
    `with ours as (${ourTables}) select relname as name from ours
     where not exists (select from pg_index where indrelid = ours.oid and indisprimary)`,
    [withoutAccount],
  );
  expect(names(bare)).toEqual([]);
});

test('the account leads every primary key and unique key', async () => {
  const astray = await source.query(
    `with ours as (${ourTables}) select indexrelid::regclass::text as name
     from ours join pg_index on indrelid = ours.oid and indisunique
     left join pg_attribute on attrelid = indrelid and attnum = indkey[0]
     where attname is distinct from 'account_id'`,
    [withoutAccount],
  );
  expect(names(astray)).toEqual([]);
});

test('the account leads both sides of every foreign key', async () => {
  const astray = await source.query(
    `with ours as (${ourTables}) select conname as name
     from ours join pg_constraint on conrelid = ours.oid and contype = 'f'
     join pg_attribute child on child.attrelid = conrelid and child.attnum = conkey[1]
     join pg_attribute parent on parent.attrelid = confrelid and parent.attnum = confkey[1]
     where child.attname <> 'account_id' or parent.attname <>
       case confrelid::regclass::text when 'accounts' then 'id' else 'account_id' end`,
    [withoutAccount],
  );
  expect(names(astray)).toEqual([]);
});

test('no foreign key clears columns, and no table has a trigger', async () => {
  const astray = await source.query(
    `with ours as (${ourTables})
     select conname as name from ours join pg_constraint on conrelid = ours.oid and confdeltype = 'n'
     union all
     select tgname from ours join pg_trigger on tgrelid = ours.oid and not tgisinternal`,
    [withoutAccount],
  );
  expect(names(astray)).toEqual([]);
});

test('names of constraints and indexes leave room for a shard suffix', async () => {
  const long = await source.query(
    `select conname::text as name from pg_constraint
     where connamespace = 'public'::regnamespace and length(conname) > $1
     union
     select relname::text from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'i' and length(relname) > $1`,
    [nameLengthMax],
  );
  expect(names(long)).toEqual([]);
});
