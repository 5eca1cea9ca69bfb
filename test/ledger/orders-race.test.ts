import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { createAccount } from '../../src/accounts/create-account';
import { newId } from '../../src/core/ids';
import { createLog } from '../../src/core/log';
import { connectionBounds } from '../../src/db/data-source';
import { createWriterPool } from '../../src/db/writer-pool';
import { AccountLedger } from '../../src/ledger/account-ledger';
import type { Command } from '../../src/ledger/commands';
import { LedgerWriter } from '../../src/ledger/ledger-writer';
import { openOf } from '../../src/ledger/model/order.rules';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { purchaseDayPasses } from '../../src/purchases/purchase-day-passes';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { enterBuyer, enterSeller } from '../support/desk/invoices';
import { runBatchUntil, type BatchFault } from '../support/desk/dying-batch';
import { cancelOf, paymentOf, purchaseOf } from '../support/desk/orders';
import { longBounds } from '../support/patience';
import { isLong } from '../support/size';

/* Orders of two replicas on PostgreSQL. */

let database: TestDatabase;
let source: DataSource;
let pools: Pool[];
let writers: LedgerWriter[];

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 2);
  const log = createLog({ logLevel: 'silent' });
  pools = [1, 2].map(() => createWriterPool(database.url, 2, log, connectionBounds(longBounds)));
  writers = pools.map(
    (pool) =>
      new LedgerWriter({ pool, writersMax: 2, log, announce: () => {}, assertsConservation: true }),
  );
  await enterSeller(source);
  await source.query(`
    insert into day_pass_prices (plan, currency, minimum_quantity, unit_price_minor, valid_from, example)
    values ('pro', 'EUR', 1, 880, '2020-01-01', false), ('pro', 'JPY', 1, 900, '2020-01-01', false)`);
  await source.query(`
    insert into tax_rates (country, valid_from, category, basis_points, changed_at, changed_by)
    values ('DE', '2020-01-01', 'S', 1900, now(), 'a test')`);
});

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await source.destroy();
  await database.drop();
});

interface Row {
  id: string;
  number: string;
  sequence: number;
  openMinor: number;
}

async function openAccount(slug: string, terms = '', currency = 'EUR') {
  const accountId = await createAccount(source, {
    slug,
    name: slug,
    plan: 'pro',
    currency,
    timeZone: 'Europe/Berlin',
    sandbox: false,
    createdAt: new Date('2026-03-02T17:00:00.000Z'),
  });
  await enterBuyer(source, accountId);
  await source.query(
    `update accounts set billing_mode = 'BILLED', terms_days = 30 ${terms} where id = $1`,
    [accountId],
  );
  const ledgers = writers.map((writer) => new AccountLedger(writer, accountId));
  return {
    accountId,
    ledgers,
    buy: (at: number, key: string, quantity = 1) =>
      purchaseDayPasses(ledgers[at % 2]!, {
        actor: null,
        walletId: null,
        quantity,
        expectedTotal: null,
        key,
      }),
    orders: (): Promise<Row[]> =>
      source.query(
        `select id, number, sequence, open_minor::float8 as "openMinor" from orders
         where account_id = $1 order by place`,
        [accountId],
      ),
    drift: async () => (await verifyBooks(source, accountId, { pageSize: 7 })).drift,
  };
}

const statusesOf = (outcomes: readonly { status: string }[]) =>
  outcomes.map(({ status }) => status).sort();

test('64 orders at once have the numbers 1 to 64, as orders and as invoices, in entry order', async () => {
  const account = await openAccount('many');
  const outcomes = await Promise.all(
    Array.from({ length: 64 }, (_, at) => account.buy(at, `order ${at}`)),
  );
  expect(new Set(statusesOf(outcomes))).toEqual(new Set(['accepted']));
  const expected = Array.from({ length: 64 }, (_, at) => at + 1);
  const orders = await account.orders();
  expect(orders.map(({ number }) => Number(number.split('-').at(-1)))).toEqual(expected);
  expect(orders.map(({ sequence }) => sequence)).toEqual(
    orders.map(({ sequence }) => sequence).sort((a, b) => a - b),
  );
  const invoices: { place: number }[] = await source.query(
    'select place from invoices where account_id = $1 order by sequence',
    [account.accountId],
  );
  expect(invoices.map(({ place }) => place)).toEqual(expected);
  expect(await account.drift()).toBeNull();
});

test('one key on two replicas at once orders once; another input under it is refused', async () => {
  const account = await openAccount('one-key');
  const same = await Promise.all(Array.from({ length: 8 }, (_, at) => account.buy(at, 'key')));
  expect(statusesOf(same)).toEqual(['accepted', ...Array<string>(7).fill('replayed')]);
  const mixed = await Promise.all(
    Array.from({ length: 8 }, (_, at) => account.buy(at, 'mixed', 1 + (at % 2))),
  );
  expect(statusesOf(mixed).filter((status) => status === 'refused')).toHaveLength(4);
  expect(await account.orders()).toHaveLength(2);
  expect(await account.drift()).toBeNull();
});

test('orders at once of two replicas stop at the credit limit, to the cent', async () => {
  const account = await openAccount('limit', `, credit_limit_minor = ${5 * 1_047}`);
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, at) => account.buy(at, `order ${at}`)),
  );
  expect(statusesOf(outcomes).filter((status) => status === 'accepted')).toHaveLength(5);
  expect(await account.drift()).toBeNull();
});

test('an order is canceled or paid, never both, and no payment is lost', async () => {
  const account = await openAccount('cancel', ', credit_first = false');
  for (let at = 0; at < 8; at += 1) await account.buy(at, `order ${at}`);
  const orders = await account.orders();
  await Promise.all(
    orders.flatMap(({ id }, at) => [
      account.ledgers[at % 2]!.submit({ ...cancelOf(id), id: newId() }),
      // Three times the same transfer, of both replicas.
      ...[0, 1, 2].map((more) =>
        account.ledgers[(at + more) % 2]!.submit(
          paymentOf({ id: newId(), orderId: id, actor: null, receivedMinor: 1_047 }),
        ),
      ),
    ]),
  );
  const rows: { ended: number; received: string; passes: number }[] = await source.query(
    `select num_nonnulls(credited_at, canceled_at) as ended, received_minor as received,
       (select count(*)::int from purchases where account_id = $1 and order_id = orders.id) as passes
     from orders where account_id = $1`,
    [account.accountId],
  );
  expect(rows.map(({ ended, received }) => [ended, Number(received)])).toEqual(
    Array.from({ length: 8 }, () => [1, 1_047]),
  );
  expect(await account.drift()).toBeNull();
});

test('the database generates the open amount that the rules compute', async () => {
  const account = await openAccount('open', '', 'JPY');
  await account.buy(0, 'order', 3);
  const [{ id = '' } = {}] = await account.orders();
  const order = { grossMinor: 3_213, notesMinor: 0, backMinor: 0, canceledAtMs: null };
  for (const [at, receivedMinor] of [1_000, 2_000, 213, 5].entries()) {
    const outcome = await account.ledgers[0]!.submit(
      paymentOf({ id: newId(), orderId: id, actor: null, reference: String(at), receivedMinor }),
    );
    expect(outcome.status).toBe('accepted');
    const sum = [1_000, 2_000, 213, 5].slice(0, at + 1).reduce((total, one) => total + one, 0);
    const [{ openMinor } = { openMinor: -1 }] = await account.orders();
    expect(openMinor).toBe(openOf({ ...order, receivedMinor: sum }));
  }
  expect(await account.drift()).toBeNull();
});

describe('what somebody changes in the tables is found:', () => {
  test.each([
    ['a payment that came', 'update payment_attempts set received_minor = received_minor + 1'],
    ['a sum of payments', 'update orders set received_minor = received_minor + 1'],
    ['a payment that is gone', 'delete from payment_attempts'],
    ['a quantity', 'update orders set quantity = 2, unit_price_minor = net_minor / 2'],
    ['an instant', `update orders set credited_at = credited_at + interval '1 s'`],
    ['a payment that never was', 'update orders set paid_at = null'],
    ['terms', 'update orders set terms_days = 90'],
  ])('%s', async (what, statement) => {
    const account = await openAccount(`tampered-${what.replaceAll(' ', '-')}`);
    await account.buy(0, 'order', 4);
    const [{ id = '' } = {}] = await account.orders();
    await account.ledgers[0]!.submit(
      paymentOf({ id: newId(), orderId: id, actor: null, receivedMinor: 9_000 }),
    );
    expect(await account.drift()).toBeNull();
    await source.query(`${statement} where account_id = $1`, [account.accountId]);
    expect(await account.drift()).not.toBeNull();
  });
});

test('an invoice that is overdue and paid causes no notice', async () => {
  const account = await openAccount('overdue');
  await account.buy(0, 'paid', 2);
  await account.buy(0, 'open', 3);
  const [{ id = '' } = {}] = await account.orders();
  const paid = paymentOf({ id: newId(), orderId: id, actor: null, receivedMinor: 2_094 });
  await account.ledgers[0]!.submit(paid);
  await source.query(`update due_items set at = now() - interval '1 day' where account_id = $1`, [
    account.accountId,
  ]);
  await account.ledgers[0]!.submit({ kind: 'expire', id: newId() });
  const jobs: object[] = await source.query(
    `select 1 from job_outbox where account_id = $1 and task = 'write-due-notice'`,
    [account.accountId],
  );
  expect(jobs).toHaveLength(1);
});

/** How much there is of everything that an order can cause. */
async function countsOf(accountId: string): Promise<Record<string, number>> {
  const tables = ['orders', 'payment_attempts', 'purchases', 'lots', 'invoices'];
  const more = ['journal_entries', 'due_items', 'job_outbox'];
  const counts = [...tables, ...more].map(
    (table) => `(select count(*)::int from ${table} where account_id = $1) as ${table}`,
  );
  const [row] = await source.query<Record<string, number>[]>(
    `select ${counts.join(', ')},
       (select coalesce(sum(balance), 0)::int from wallets where account_id = $1) as balance,
       (select coalesce(sum(last_number), 0)::int from invoice_series
         where account_id = $1) as last_numbers,
       coalesce(sum(received_minor), 0)::int as received, coalesce(sum(notes_minor), 0)::int as notes,
       coalesce(max(place), 0) as last_place, count(canceled_at)::int as canceled
     from orders where account_id = $1`,
    [accountId],
  );
  return row!;
}

describe('whatever its statement after which a batch dies, nothing is lost or numbered twice:', () => {
  type Account = Awaited<ReturnType<typeof openAccount>>;
  const payFirst = ', credit_first = false';
  const place = (key: string) =>
    purchaseOf({ quantity: 1, key, keyInput: { meant: [key], written: [key] } });
  const newestOrder = async (account: Account, key: string) => {
    await account.buy(1, key);
    return (await account.orders()).at(-1)!.id;
  };
  const table: [string, string, (account: Account, key: string) => Promise<Command>][] = [
    ['place-order', '', (_, key) => Promise.resolve(place(key))],
    ['place-order, paid first', payFirst, (_, key) => Promise.resolve(place(key))],
    [
      'record-payment',
      payFirst,
      async (account, key) =>
        paymentOf({ orderId: await newestOrder(account, key), actor: null, receivedMinor: 1_047 }),
    ],
    ['cancel-order', payFirst, async (account, key) => cancelOf(await newestOrder(account, key))],
    [
      'lapse',
      payFirst,
      async (account, key) => {
        await newestOrder(account, key);
        await source.query(`update due_items set at = '2020-01-01' where account_id = $1`, [
          account.accountId,
        ]);
        return { kind: 'expire', id: '' };
      },
    ],
    [
      'credit note',
      '',
      async (account, key) => {
        await newestOrder(account, key);
        const [{ id: invoiceId = '' } = {}] = await source.query<{ id: string }[]>(
          `select id from invoices where account_id = $1 and kind = 'INVOICE'
           order by sequence desc limit 1`,
          [account.accountId],
        );
        const note = { invoiceId, grossMinor: 100, reason: 'Goodwill', actor: null };
        return { kind: 'credit-invoice', id: '', key, ...note };
      },
    ],
  ];

  test.each(table)('%s', async (name, terms, prepare) => {
    const account = await openAccount(`dies-${name.replaceAll(/\W+/g, '-')}`, terms);
    const { accountId } = account;
    const counts = () => countsOf(accountId);
    const batchOf = (command: Command) => ({
      accountId,
      commands: [{ ...command, id: newId() }],
      fixedNowMs: null,
    });
    const whole = await prepare(account, 'whole');
    const before = await counts();
    const statements = await runBatchUntil(pools[0]!, batchOf(whole));
    const after = await counts();
    expect(after).not.toEqual(before);
    const oneMore = (some: Record<string, number>) =>
      Object.fromEntries(
        Object.entries(some).map(([what, count]) => [what, count + after[what]! - before[what]!]),
      );
    const faults: BatchFault[] = ['its connection is killed', 'its transaction fails'];
    for (const [turn, fault] of faults.entries()) {
      for (let at = 1; at <= statements; at += 1) {
        // The short run has one fault after every second statement, and both after the last.
        if (!isLong && at < statements && at % 4 !== 2 * turn) continue;
        const command = await prepare(account, `${fault} ${at}`);
        const before = await counts();
        await runBatchUntil(pools[0]!, batchOf(command), { at, fault });
        const found = await counts();
        const isDone = at === statements;
        expect([at, found]).toEqual([at, isDone ? oneMore(before) : before]);
        const again = await account.ledgers[1]!.submit({ ...command, id: newId() });
        expect(again.status).toBe(isDone && name !== 'lapse' ? 'replayed' : 'accepted');
        expect(await counts()).toEqual(oneMore(before));
      }
    }
    // Each has its beginning, lock, load, commit, and statements that write.
    expect(statements).toBeGreaterThan(6);
    const { orders, last_place } = await counts();
    expect(last_place).toBe(orders);
    expect(await account.drift()).toBeNull();
  });
});
