import type { DataSource } from 'typeorm';
import { codecTables, tables } from '../../src/db/tables';
import type { Field, Fields } from '../../src/ledger/rows/codec';
import { consumptionRow } from '../../src/ledger/rows/consumption';
import { entryRow } from '../../src/ledger/rows/entry';
import { lotRow } from '../../src/ledger/rows/lot';
import { attemptRow, orderRow } from '../../src/ledger/rows/order';
import { emergencyPassRow, runningPassRow } from '../../src/ledger/rows/pass';
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

test('every table has its class or its codec', async () => {
  const rows: { name: string }[] = await source.query(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace
     and relkind in ('r', 'p') and relname <> 'migrations'`,
  );
  const declared = source.entityMetadatas.map((metadata) => metadata.tableName);
  expect([...declared, ...codecTables].sort()).toEqual(rows.map((row) => row.name).sort());
});

test.each(tables)('%p declares the columns that the database has', async (table) => {
  const { tableName, columns } = source.getMetadata(table);
  const declared = columns.map((column) => ({
    name: column.databaseName,
    type: source.driver.normalizeType(column) + (column.isArray ? '[]' : ''),
    nullable: column.isNullable,
    key: column.isPrimary,
  }));
  expect(declared.sort(byName)).toEqual(
    (await columnsOf(tableName)).map(({ generated: _, ...column }) => column),
  );
});

const codecs = [
  entryRow,
  lotRow,
  consumptionRow,
  runningPassRow,
  emergencyPassRow,
  orderRow,
  attemptRow,
];

test('every table without a class has its codec', () => {
  expect(codecs.map(({ table }) => table)).toEqual([...codecTables]);
});

/** How PostgreSQL may store a kind of value. */
const storedAs: Readonly<Record<string, readonly string[]>> = {
  uuid: ['uuid'],
  text: ['text'],
  integer: ['integer', 'smallint'],
  bigint: ['bigint'],
  boolean: ['boolean'],
  date: ['date'],
  instant: ['timestamp with time zone'],
  bytes: ['bytea'],
};

function columnsIn(
  fields: Fields,
  isNullable = false,
): { name: string; kind: string; nullable: boolean }[] {
  return Object.values(fields).flatMap((field: Field<unknown>) => {
    const nullable = isNullable || field.isNullable;
    if (field.kind === 'group') return columnsIn(field.fields, nullable);
    return [{ name: field.column, kind: field.kind, nullable }];
  });
}

test.each(codecs)('the codec of $table has the columns that the database has', async (codec) => {
  const account = { name: 'account_id', kind: 'uuid', nullable: false };
  const declared = [account, ...columnsIn(codec.fields)].sort(byName);
  const found = (await columnsOf(codec.table)).filter(({ generated }) => !generated);
  expect(found.map(({ name, nullable }) => ({ name, nullable }))).toEqual(
    declared.map(({ name, nullable }) => ({ name, nullable })),
  );
  for (const [at, { kind }] of declared.entries())
    expect(storedAs[kind]).toContain(found[at]!.type);
});

interface StoredColumn {
  name: string;
  type: string;
  nullable: boolean;
  key: boolean;
  generated: boolean;
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

async function columnsOf(table: string): Promise<StoredColumn[]> {
  const found: StoredColumn[] = await source.query(
    `select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable,
       attnum = any(indkey) as key, attgenerated = 's' as generated
     from pg_attribute join pg_index on indrelid = attrelid and indisprimary
     where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [table],
  );
  return found.sort(byName);
}
