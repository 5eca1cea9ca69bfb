import type { DataSource } from 'typeorm';
import { createAccount } from '../../src/accounts/create-account';
import { canonicalDigest, type JsonValue } from '../../src/core/canonical-json';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { enterBuyer, enterSeller, issueOf, openInvoiceWriter } from '../support/desk/invoices';

let database: TestDatabase;
let source: DataSource;
let writers: ReturnType<typeof openInvoiceWriter>[];

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 2);
  await enterSeller(source);
  writers = [openInvoiceWriter(database.url), openInvoiceWriter(database.url)];
});

afterAll(async () => {
  await Promise.all(writers.map((writer) => writer.close()));
  await source.destroy();
  await database.drop();
});

interface Row {
  id: string;
  number: string;
  sequence: number;
  document: string;
  digest: string;
}

async function openAccount({
  slug,
  currency = 'EUR',
  sandbox = false,
  timeZone = 'Europe/Berlin',
  buyer = {},
}: {
  slug: string;
  currency?: string;
  sandbox?: boolean;
  timeZone?: string;
  buyer?: object | null;
}) {
  const accountId = await createAccount(source, {
    slug,
    name: slug,
    plan: 'pro',
    currency,
    timeZone,
    sandbox,
    createdAt: new Date('2026-03-02T17:00:00.000Z'),
  });
  if (buyer) await enterBuyer(source, accountId, buyer);
  const [wallet]: { id: string }[] = await source.query(
    'select id from wallets where account_id = $1',
    [accountId],
  );
  const [account]: { number: number }[] = await source.query(
    'select number from accounts where id = $1',
    [accountId],
  );
  const rows = (): Promise<Row[]> =>
    source.query(
      `select id, series || '-' || place as number, sequence, document, digest from invoices
       where account_id = $1 order by sequence`,
      [accountId],
    );
  const drift = async () => (await verifyBooks(source, accountId)).drift;
  return { accountId, walletId: wallet!.id, number: account!.number, currency, rows, drift };
}

test('64 documents at once have the numbers 1 to 64 in the order of their entries', async () => {
  const account = await openAccount({ slug: 'many' });
  const outcomes = await Promise.all(
    Array.from({ length: 64 }, (_, at) =>
      writers[at % 2]!.issue(account.accountId, issueOf(account)),
    ),
  );
  expect(outcomes.every(({ status }) => status === 'accepted')).toBe(true);
  const numbers = (await account.rows()).map(({ number }) => number.split('-'));
  expect(numbers.map((parts) => Number(parts.at(-1)))).toEqual(
    Array.from({ length: 64 }, (_, at) => at + 1),
  );
  expect(new Set(numbers.map((parts) => parts.slice(0, 2).join('-')))).toEqual(
    new Set([`INV-${account.number}`]),
  );
  expect(await account.drift()).toBeNull();
});

test('a command that fails after it has a number uses none', async () => {
  const account = await openAccount({ slug: 'holes' });
  const [writer] = writers;
  const all = await Promise.allSettled(
    Array.from({ length: 9 }, (_, at) =>
      writer!.issue(account.accountId, issueOf(account), { fails: at % 3 === 1 }),
    ),
  );
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(3);
  const places = (await account.rows()).map(({ number }) => Number(number.split('-').at(-1)));
  expect(places).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await account.drift()).toBeNull();
});

test('a batch whose transaction fails uses no number', async () => {
  const account = await openAccount({ slug: 'crash' });
  const [writer] = writers;
  await source.query(
    `alter table journals add constraint journals_crash_check
     check (account_id <> '${account.accountId}' or sequence = 0)`,
  );
  const failing = writer!.issue(account.accountId, issueOf(account));
  await expect(failing).rejects.toThrow();
  await source.query('alter table journals drop constraint journals_crash_check');
  expect(await account.rows()).toEqual([]);
  await writer!.issue(account.accountId, issueOf(account));
  expect((await account.rows())[0]!.number).toMatch(/-1$/);
  expect(await account.drift()).toBeNull();
});

test.each([
  ['JPY', '880', '2640', '502', '3142'],
  ['KWD', '0.880', '2.640', '0.502', '3.142'],
])('a document in %s has its decimals', async (currency, unitPrice, net, tax, gross) => {
  const account = await openAccount({ slug: currency.toLowerCase(), currency });
  await writers[0]!.issue(account.accountId, issueOf(account));
  const [row] = await account.rows();
  expect(JSON.parse(row!.document)).toMatchObject({
    net,
    tax,
    gross,
    lines: [{ unitPrice, net, quantity: 3 }],
  });
  expect(await account.drift()).toBeNull();
});

test('credit notes and the documents of a sandbox have series of their own', async () => {
  const account = await openAccount({ slug: 'sandbox', sandbox: true, buyer: { country: 'JP' } });
  const { accountId } = account;
  const [writer] = writers;
  const invoice = issueOf(account);
  const outcome = await writer!.issue(accountId, invoice);
  const id = 'result' in outcome ? outcome.result.invoiceId : '';
  const [{ number = '', document = '' } = {}] = await account.rows();
  const { issuedOn } = JSON.parse(document) as { issuedOn: string };
  const note = issueOf(account, {
    kind: 'CREDIT_NOTE',
    order: invoice.order,
    corrects: { id, number, issuedOn },
    reason: 'Three passes too many',
  });
  await writer!.issue(accountId, note);
  const year = issuedOn.slice(0, 4);
  const rows = await account.rows();
  expect(rows.map((row) => row.number)).toEqual([
    `TEST-INV-${account.number}-${year}-1`,
    `TEST-INV-${account.number}-${year}-CN-1`,
  ]);
  expect(JSON.parse(rows[1]!.document)).toMatchObject({
    typeCode: '381',
    language: 'ja',
    test: true,
    dueOn: null,
    corrects: { number },
    reason: 'Three passes too many',
  });
  expect(await account.drift()).toBeNull();
  // The invoice is credited as a whole: one more note is more than there is.
  await writer!.issue(accountId, note);
  expect(await account.drift()).toMatchObject({
    what: 'it credits more than is left of its invoice',
  });
});

test('without an address of the buyer nothing is issued', async () => {
  const account = await openAccount({ slug: 'no-address', buyer: null });
  const outcome = await writers[0]!.issue(account.accountId, issueOf(account));
  expect(outcome).toMatchObject({ status: 'refused', code: 'VALIDATION_FAILED' });
  expect(await account.rows()).toEqual([]);
});

test('the number of an account stays free of other accounts', async () => {
  const accounts = await Promise.all([
    openAccount({ slug: 'one' }),
    openAccount({ slug: 'another' }),
  ]);
  expect(accounts[0].number).not.toBe(accounts[1].number);
  expect(Math.min(...accounts.map(({ number }) => number))).toBeGreaterThan(1_000);
});

describe('verify finds', () => {
  const tampered = (document: string, change: object) => {
    const changed = { ...(JSON.parse(document) as Record<string, JsonValue>), ...change };
    return { text: JSON.stringify(changed), digest: canonicalDigest(changed) };
  };
  test.each<[string, (accountId: string, row: Row) => Promise<unknown>, RegExp]>([
    [
      'a document that was changed',
      (accountId, { id, document }) =>
        source.query('update invoices set document = $3 where account_id = $1 and id = $2', [
          accountId,
          id,
          document.replace('Kestrel', 'Falcon'),
        ]),
      /the document of its invoice was changed/,
    ],
    [
      'a document that was changed with its digest',
      (accountId, { id, document }) => {
        const { text, digest } = tampered(document, { gross: '1.00' });
        return source.query(
          'update invoices set document = $3, digest = $4 where account_id = $1 and id = $2',
          [accountId, id, text, digest],
        );
      },
      /its hash does not match/,
    ],
    [
      'an amount that was changed',
      (accountId, { id }) =>
        source.query(
          'update invoices set net_minor = net_minor - 1 where account_id = $1 and id = $2',
          [accountId, id],
        ),
      /its hash does not match/,
    ],
    [
      'a document that was removed',
      (accountId, { id }) =>
        source.query('delete from invoices where account_id = $1 and id = $2', [accountId, id]),
      /the invoice of this entry is missing/,
    ],
    [
      'a series that would leave a hole',
      (accountId) =>
        source.query(
          'update invoice_series set last_number = last_number + 1 where account_id = $1',
          [accountId],
        ),
      /series INV-\d+-\d+ is at 4, but its last document is 3/,
    ],
    [
      'a document without an entry',
      (accountId, { id }) =>
        source.query(
          `insert into invoices select account_id, gen_random_uuid(), kind, series, place + 1,
             order_id, corrects_id, wallet_id, sequence + 100, issued_on, due_on, quantity,
             net_minor, tax_minor, currency, document, digest, issued_at
           from invoices where account_id = $1 and id = $2`,
          [accountId, id],
        ),
      /it did not record invoice|the number of invoices of order O-1 differs/,
    ],
  ])('%s', async (name, tamper, what) => {
    const account = await openAccount({ slug: name.replaceAll(' ', '-') });
    for (let at = 0; at < 3; at += 1) {
      await writers[0]!.issue(account.accountId, issueOf(account));
    }
    expect(await account.drift()).toBeNull();
    await tamper(account.accountId, (await account.rows())[2]!);
    expect((await account.drift())?.what).toMatch(what);
  });
});
