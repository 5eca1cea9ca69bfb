import type { DataSource } from 'typeorm';
import { tables } from '../../src/db/tables';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';

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

test('every table has its class', async () => {
  const rows: { name: string }[] = await source.query(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace
     and relkind in ('r', 'p') and relname <> 'migrations'`,
  );
  const declared = source.entityMetadatas.map((metadata) => metadata.tableName);
  expect(declared.sort()).toEqual(rows.map((row) => row.name).sort());
});

test.each(tables)('%p declares the columns that the database has', async (table) => {
  const { tableName, columns } = source.getMetadata(table);
  const declared = columns.map((column) => ({
    name: column.databaseName,
    type: source.driver.normalizeType(column) + (column.isArray ? '[]' : ''),
    nullable: column.isNullable,
    key: column.isPrimary,
  }));
  const found = await source.query(
    `select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable,
       attnum = any(indkey) as key
     from pg_attribute join pg_index on indrelid = attrelid and indisprimary
     where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [tableName],
  );
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  expect(declared.sort(byName)).toEqual(found.sort(byName));
});
