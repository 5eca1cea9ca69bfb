import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc, { type Arbitrary } from 'fast-check';
import { Client } from 'pg';
import { newId } from '../../src/core/ids';
import { accountRow } from '../../src/ledger/rows/account';
import { newAgentRow } from '../../src/ledger/rows/agent';
import { apiKeyRow } from '../../src/ledger/rows/api-key';
import type { Field, Fields, RowCodec } from '../../src/ledger/rows/codec';
import { consumptionRow } from '../../src/ledger/rows/consumption';
import { dueItemRow } from '../../src/ledger/rows/due-item';
import { entryRow } from '../../src/ledger/rows/entry';
import { invitationMailRow, invitationRow } from '../../src/ledger/rows/invitation';
import { invoiceRow, invoiceSeriesRow } from '../../src/ledger/rows/invoice';
import { lotRow } from '../../src/ledger/rows/lot';
import { attemptRow, orderRow } from '../../src/ledger/rows/order';
import { emergencyPassRow, runningPassRow } from '../../src/ledger/rows/pass';
import { priceRow } from '../../src/ledger/rows/price';
import { purchaseRow } from '../../src/ledger/rows/purchase';
import { insertRows, updateRows } from '../../src/ledger/rows/statements';
import { storedWalletRow } from '../../src/ledger/rows/wallet';
import { createTestDatabase, type TestDatabase } from '../support/desk/database';
import { root } from '../support/sources';

/** Every codec, with the columns of its table that are not the kernel's to load or write. */
const codecs: { codec: RowCodec<Fields>; others: readonly string[] }[] = [
  { codec: consumptionRow, others: [] },
  { codec: lotRow, others: [] },
  // Wallets are made with their account or client.
  { codec: storedWalletRow, others: ['created_at'] },
  { codec: entryRow, others: [] },
  { codec: purchaseRow, others: [] },
  // What is open is generated.
  { codec: orderRow, others: ['open_minor'] },
  { codec: attemptRow, others: [] },
  { codec: invoiceRow, others: [] },
  { codec: invoiceSeriesRow, others: [] },
  { codec: runningPassRow, others: [] },
  { codec: dueItemRow, others: [] },
  { codec: emergencyPassRow, others: [] },
  // The statement that changes an agent counts the changes.
  { codec: newAgentRow, others: ['revision'] },
  { codec: invitationRow, others: [] },
  { codec: invitationMailRow, others: [] },
  // What a key may do is decided at the doors.
  {
    codec: apiKeyRow,
    others: [
      ...['created_at', 'expires_at', 'last_used_at', 'name'],
      ...['scopes', 'secret_hash', 'when_no_day_pass'],
    ],
  },
  // The rest of an account is its settings, which its admins write outside the ledger.
  {
    codec: accountRow,
    others: [
      ...['allow_session_consume', 'created_at', 'currency', 'email_notifications_enabled', 'id'],
      ...['locale', 'name', 'notice_language', 'number', 'sandbox', 'seat_price_minor', 'seeding'],
      ...['slug', 'test_clock_offset_ms', 'time_zone'],
    ],
  },
  // Prices are read by the plan.
  { codec: priceRow, others: ['example', 'plan'] },
];
const named = codecs.map(({ codec, others }) => ({ table: codec.table, codec, others }));

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client(database.url);
  await client.connect();
  // Statements that insert read the account from its journal; see `random rows` below.
  await client.query('create temporary table journals (account_id uuid)');
});

async function openAccount(): Promise<string> {
  const accountId = newId();
  await client.query('insert into journals values ($1)', [accountId]);
  return accountId;
}

afterAll(async () => {
  await client.end();
  await database.drop();
});

test.each(named)('every column of $table is the codec’s or another owner’s', (each) => {
  const { table, codec, others } = each;
  const held = [...codec.columns, ...others];
  expect(held.sort()).toEqual(columnsOf(table).filter((column) => column !== 'account_id'));
});

test.each(named)('random rows of $table are loaded as they were inserted', async (each) => {
  const { table, codec } = each;
  // With the same columns, without constraints: rows need no accounts, agents and wallets to refer
  // to. It replaces the table for this connection, so that the statements are the product's.
  await client.query(`create temporary table ${table} as table ${table} with no data`);
  await client.query(`alter table ${table} add column if not exists account_id uuid`);
  await fc.assert(
    fc.asyncProperty(fc.array(rowOf(codec.fields), { minLength: 1, maxLength: 20 }), (rows) =>
      holdsRows(codec, rows),
    ),
    { numRuns: 25 },
  );
  await client.query(`drop table pg_temp.${table}`);
});

async function holdsRows(codec: RowCodec<Fields>, rows: object[]): Promise<void> {
  const accountId = await openAccount();
  await client.query(insertRows(codec), [accountId, JSON.stringify(rows)]);
  expect(await readRows(codec, accountId)).toEqual(sorted(rows));
}

/** By both ways of reading: as JSON objects, and as columns. */
async function readRows(codec: RowCodec<Fields>, accountId: string): Promise<unknown[]> {
  const from = `from ${codec.table} as stored where account_id = $1`;
  const asJson = await client.query<{ row: unknown }>(
    `select ${codec.json('stored')} as row ${from}`,
    [accountId],
  );
  const asColumns = await client.query(`select ${codec.select('stored')} ${from}`, [accountId]);
  const rows = sorted(asJson.rows.map(({ row }) => row));
  expect(sorted(asColumns.rows.map((row: unknown) => row))).toEqual(rows);
  return rows;
}

test('an update sets the columns of the codec, and does not touch the rest and other accounts', async () => {
  const table = storedWalletRow.table;
  await client.query(`create temporary table ${table} as table ${table} with no data`);
  const [mine, other] = [await openAccount(), await openAccount()];
  const [before, change] = fc.sample(rowOf(storedWalletRow.fields), 2) as [object, object];
  for (const accountId of [mine, other]) {
    await client.query(insertRows(storedWalletRow), [accountId, JSON.stringify([before])]);
  }
  const { id, clientId, lastHash } = before as { id: string; clientId: unknown; lastHash: string };
  const changing = storedWalletRow.without('clientId');
  const given = { ...change, id, lastHash: null };
  const text = updateRows(changing, { keptIfNull: ['last_hash'] });
  await client.query(text, [mine, JSON.stringify([given])]);
  expect(await readRows(storedWalletRow, mine)).toEqual([{ ...given, clientId, lastHash }]);
  expect(await readRows(storedWalletRow, other)).toEqual([before]);
  await client.query(`drop table pg_temp.${table}`);
});

/** The columns of a table in `schema/schema.sql`, in the order of their names. */
function columnsOf(table: string): string[] {
  const schema = readFileSync(path.join(root, 'schema/schema.sql'), 'utf8');
  const [, body] = new RegExp(`^create table ${table} \\(\n([^;]*?)\n\\);`, 'm').exec(schema)!;
  const lines = body!.split('\n').map((line) => line.trim());
  return lines.flatMap((line) => (line.startsWith('constraint ') ? [] : [line.split(' ')[0]!]));
}

/** Random rows of a codec's fields. */
function rowOf(fields: Fields): Arbitrary<object> {
  return fc.record(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valueOf(field)])),
    { noNullPrototype: true },
  );
}

function valueOf(field: Field<unknown>): Arbitrary<unknown> {
  const value = field.kind === 'group' ? rowOf(field.fields) : values[field.kind];
  return field.isNullable ? fc.option(value) : value;
}

/** What the service's doors refuse does not come here: U+0000, and halves of surrogate pairs. */
const words = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((drawn) => drawn.replaceAll('\0', ' '));

const values: Record<Exclude<Field<unknown>['kind'], 'group'>, Arbitrary<unknown>> = {
  uuid: fc.uuid(),
  text: words,
  texts: fc.array(words, { maxLength: 5 }),
  // The narrowest column has two bytes.
  integer: fc.integer({ min: -32_768, max: 32_767 }),
  integers: fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 5 }),
  bigint: fc.maxSafeInteger(),
  boolean: fc.boolean(),
  date: fc.date({ min: new Date(0), max: new Date('2199-12-31'), noInvalidDate: true }).map(dayOf),
  instant: fc.integer({ min: 0, max: Date.parse('2199-12-31') }),
  bytes: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((drawn) => hexOf(drawn)),
};

function dayOf(drawn: Date): string {
  return drawn.toISOString().slice(0, 10);
}

function hexOf(drawn: Uint8Array): string {
  return Buffer.from(drawn).toString('hex');
}

function sorted(rows: readonly unknown[]): unknown[] {
  const keyed = rows.map((row) => ({ row, key: JSON.stringify(Object.entries(row as object)) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
}
