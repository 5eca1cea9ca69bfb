import type { DataSource } from 'typeorm';
import { createLog } from '../../src/core/log';
import { newId } from '../../src/core/ids';
import { createDataSource } from '../../src/db/data-source';
import { createWriterPool } from '../../src/db/writer-pool';
import { createAccount } from '../../src/accounts/create-account';
import { AccountLedger } from '../../src/ledger/account-ledger';
import { LedgerWriter } from '../../src/ledger/ledger-writer';
import { purchaseDayPasses } from '../../src/purchases/purchase-day-passes';
import { createTestDatabase, type TestDatabase } from '../support/desk/database';
import { enterBuyer, enterSeller } from '../support/desk/invoices';
import { runVerb } from '../support/verb';

/* What the operator does with orders on the command line, in production mode. */

let database: TestDatabase;
let source: DataSource;
let pool: ReturnType<typeof createWriterPool>;
let ledger: AccountLedger;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await createDataSource(database.url).initialize();
  const log = createLog({ logLevel: 'silent' });
  pool = createWriterPool(database.url, 1, log);
  await enterSeller(source);
  await source.query(
    `insert into tax_rates (country, valid_from, category, basis_points, changed_at, changed_by)
     values ('DE', '2026-01-01', 'S', 1900, now(), 'a test')`,
  );
  await source.query(
    `insert into day_pass_prices (plan, currency, minimum_quantity, unit_price_minor, valid_from,
       example) values ('pro', 'EUR', 1, 880, '2026-01-01', false)`,
  );
  const accountId = await createAccount(source, {
    slug: 'kestrel',
    name: 'Kestrel IT',
    plan: 'pro',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    sandbox: false,
    createdAt: new Date('2026-03-02T17:00:00.000Z'),
  });
  await enterBuyer(source, accountId);
  const writer = new LedgerWriter({ pool, writersMax: 1, log, announce: () => {} });
  ledger = new AccountLedger(writer, accountId);
});

afterAll(async () => {
  await pool.end();
  await source.destroy();
  await database.drop();
});

const run = (...args: string[]) =>
  runVerb(args, { DATABASE_URL: database.url, NODE_ENV: 'production' });

async function answerOf(...args: string[]): Promise<Record<string, unknown>> {
  const { code, output, errors } = await run(...args, '--json');
  expect([code, errors]).toEqual([0, '']);
  return JSON.parse(output) as Record<string, unknown>;
}

const terms = (...flags: string[]) => ['account', 'update', '--slug', 'kestrel', ...flags] as const;

async function buy(quantity: number): Promise<void> {
  const wanted = { actor: null, walletId: null, quantity, expectedTotal: null, key: newId() };
  expect((await purchaseDayPasses(ledger, wanted)).status).toBe('accepted');
}

const transfer = (reference: string, amount: string) =>
  ['--reference', reference, '--amount', amount, '--date', '2027-01-31'] as const;

async function numberOf(table: 'orders' | 'invoices'): Promise<string> {
  const name = table === 'orders' ? 'number' : `series || '-' || place`;
  const [row]: { number: string }[] = await source.query(
    `select ${name} as number from ${table} order by sequence desc limit 1`,
  );
  return row!.number;
}

test('an account has terms, buys on them, and its invoice is paid in parts', async () => {
  const set = await answerOf(...terms('--billed', '--terms', '30', '--credit-limit', '5000'));
  expect(set.account).toMatchObject({
    billing: { mode: 'BILLED', termsDays: 30, creditLimitMinor: 500_000, creditedFirst: true },
  });
  await buy(200);
  const number = await numberOf('invoices');
  const { output } = await run('order', 'list', '--account', 'kestrel');
  expect(output).toMatch(
    /^O-\d+-1 {2}kestrel .* 200 passes {2}2094\.40 EUR {2}credited, 2094\.40 is/,
  );
  const paid = (...args: string[]) => answerOf('invoice', 'paid', number, ...args);
  expect(await paid(...transfer('A1', '1000.00'))).toMatchObject({
    received: '1000.00',
    outstanding: '1094.40',
    overpaid: '0.00',
    replayed: false,
  });
  expect(await paid(...transfer('A1', '1000.00'))).toMatchObject({ replayed: true });
  expect((await run('invoice', 'paid', number, ...transfer('A1', '1000.01'))).errors).toMatch(
    /^--reference: another amount/,
  );
  expect(await paid(...transfer('A2', '1904.40'))).toMatchObject({ overpaid: '810.00' });
  expect(await paid('--withdraw', 'A2')).toMatchObject({ outstanding: '1094.40' });
  expect(await paid(...transfer('A3', '1094.40'))).toMatchObject({
    status: 'CLOSED',
    received: '2094.40',
    outstanding: '0.00',
  });
  expect(await answerOf('order', 'list', '--open')).toEqual({ orders: [] });
  expect((await run('order', 'list', '--open')).output).toBe('No order is open.\n');
});

test('an order that is paid first is paid by its number, or canceled', async () => {
  await answerOf(...terms('--pay-first', '--credit-limit', 'none'));
  await buy(10);
  const number = await numberOf('orders');
  expect(await answerOf('order', 'paid', number, ...transfer('B1', '104.72'))).toMatchObject({
    order: number,
    status: 'CLOSED',
    waitsFor: null,
  });
  expect((await run('order', 'cancel', number)).errors).toMatch(
    /^<number>: it has passes or money/,
  );
  await buy(1);
  const other = await numberOf('orders');
  expect(await answerOf('order', 'cancel', other)).toEqual({ order: other, replayed: false });
  expect(await answerOf('order', 'cancel', other)).toEqual({ order: other, replayed: true });
  expect(await answerOf('verify')).toMatchObject({ accounts: [{ drift: null }] });
});

test.each<[string[], RegExp]>([
  [['--amount', '1.00', '--date', '2027-01-31'], /^--reference: is required/],
  [['--reference', 'C', '--date', '2027-01-31'], /^--amount: is required/],
  [[...transfer('C', '1.001')], /^--amount: 1\.001 is not an amount in EUR/],
  [[...transfer('C', '0')], /^--amount: /],
  [['--reference', 'C', '--amount', '1', '--date', '2027-02-30'], /^--date: /],
  [[...transfer(' ', '1.00')], /^--reference: /],
  [['--withdraw', 'nobody'], /^--withdraw: no payment/],
  [['--withdraw', 'A1', '--amount', '1.00'], /^--amount: cannot be used with --withdraw/],
])('a payment with %j is refused', async (args, errors) => {
  const result = await run('order', 'paid', await numberOf('orders'), ...args);
  expect([result.code, result.output]).toEqual([1, '']);
  expect(result.errors).toMatch(errors);
});

test.each<[string[], RegExp]>([
  [['--terms', '366'], /^--terms: /],
  [['--terms', 'soon'], /^--terms: /],
  [['--credit-limit', '1.001'], /^--credit-limit: /],
  [['--credit-limit', '-1'], /^--credit-limit: /],
])('terms of %j are refused', async (args, errors) => {
  const result = await run(...terms(...args));
  expect(result.code).toBe(1);
  expect(result.errors).toMatch(errors);
});
