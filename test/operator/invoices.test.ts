import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createAccount } from '../../src/accounts/create-account';
import { createDataSource } from '../../src/db/data-source';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { createTestDatabase, type TestDatabase } from '../support/desk/database';
import { enterBuyer, enterSeller, issueOf, openInvoiceWriter } from '../support/desk/invoices';
import { runVerb } from '../support/verb';

let database: TestDatabase;
let source: DataSource;
let writer: ReturnType<typeof openInvoiceWriter>;
let accountId: string;
let number: string;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await createDataSource(database.url).initialize();
  writer = openInvoiceWriter(database.url);
  await enterSeller(source);
  accountId = await createAccount(source, {
    slug: 'kestrel',
    name: 'Kestrel IT',
    plan: 'pro',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    sandbox: false,
    createdAt: new Date('2026-03-02T17:00:00.000Z'),
  });
  await enterBuyer(source, accountId);
  const [wallet]: { id: string }[] = await source.query(
    'select id from wallets where account_id = $1',
    [accountId],
  );
  await writer.issue(accountId, issueOf({ walletId: wallet!.id }));
  const { invoices } = await answerOf('list');
  number = invoices![0]!.number;
});

afterAll(async () => {
  await writer.close();
  await source.destroy();
  await database.drop();
});

const run = (...args: string[]) =>
  runVerb(['invoice', ...args], { DATABASE_URL: database.url, NODE_ENV: 'production' });

interface Answer {
  invoices?: { number: string; gross: string; corrects: string | null; digest: string }[];
  note?: { number: string; net: string; tax: string; gross: string; corrects: string };
  replayed?: boolean;
}

async function answerOf(...args: string[]): Promise<Answer> {
  const { code, output, errors } = await run(...args, '--json');
  expect([code, errors]).toEqual([0, '']);
  return JSON.parse(output) as Answer;
}

const credit = (key: string, ...more: string[]) =>
  ['credit', number, '--reason', 'Goodwill', '--idempotency-key', key, ...more] as const;

test('a document is listed, and shown as the text that was hashed and as a page', async () => {
  expect((await run('list', '--account', 'kestrel')).output).toMatch(
    /^INV-\d+-\d+-1 {2}kestrel {2}\S+ {2}31\.42 EUR, due /,
  );
  expect((await answerOf('list', '--account', 'nobody')).invoices).toEqual([]);
  const [{ digest = '' } = {}] = (await answerOf('list')).invoices!;
  const { output } = await run('show', number);
  expect(createHash('sha256').update(output).digest('hex')).toBe(digest);
  const page = await run('show', number, '--form', 'html', '--language', 'es');
  expect(page.output).toContain('<html lang="es">');
});

test('credit notes take back exactly the invoice, and each key issues one', async () => {
  const first = await answerOf(...credit('one', '--amount', '10.00'));
  expect(first).toMatchObject({
    note: { net: '8.40', tax: '1.60', gross: '10.00', corrects: number },
    replayed: false,
  });
  expect(first.note!.number).toBe(number.replace(/-1$/, '-CN-1'));
  expect(await answerOf(...credit('one', '--amount', '10.00'))).toEqual({
    ...first,
    replayed: true,
  });
  expect((await run(...credit('one', '--amount', '11.00'))).errors).toMatch(/used before/);
  expect((await run(...credit('two', '--amount', '21.43'))).errors).toMatch(
    /^--amount: 21\.42 EUR of the invoice can still be credited/,
  );
  const rest = await answerOf(...credit('two'));
  expect(rest.note).toMatchObject({ net: '18.00', tax: '3.42', gross: '21.42' });
  expect((await run(...credit('three'))).errors).toMatch(/0\.00 EUR/);
  expect((await verifyBooks(source, accountId)).drift).toBeNull();
  const [audit] = await source.query(
    `select subject_type, after from audit_events
     where account_id = $1 and action = 'invoice.credited' order by id limit 1`,
    [accountId],
  );
  expect(audit).toMatchObject({ subject_type: 'Invoice', after: { grossMinor: 1000 } });
});

test.each([
  [['show', 'INV-1-2027-1'], /there is no invoice INV-1-2027-1/],
  [['show', 'nonsense'], /there is no invoice nonsense/],
  [['credit', 'nonsense', '--reason', 'x', '--idempotency-key', 'k'], /there is no invoice/],
])('%j is refused', async (args, errors) => {
  const result = await run(...args);
  expect([result.code, result.output]).toEqual([1, '']);
  expect(result.errors).toMatch(errors);
});

test.each([['0'], ['-1'], ['1.001'], ['abc']])('an amount of %s is refused', async (amount) => {
  const { code, errors } = await run(...credit('bad', `--amount=${amount}`));
  expect(code).toBe(1);
  expect(errors).toMatch(/^--amount: /);
});

test('a credit note cannot be credited', async () => {
  const note = number.replace(/-1$/, '-CN-1');
  const { errors } = await run('credit', note, '--reason', 'x', '--idempotency-key', 'k');
  expect(errors).toMatch(/no invoice with this id/);
});
