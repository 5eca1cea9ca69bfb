import type { DataSource } from 'typeorm';
import { createAccount } from '../../src/accounts/create-account';
import { newId } from '../../src/core/ids';
import { fallDue } from '../../src/ledger/books/due/due-kinds';
import type { LoadedDueItem } from '../../src/ledger/model/ledger';
import { Posting } from '../../src/ledger/writer/posting';
import { startOfLocalDate } from '../../src/time/local-day';
import { openBulkLedger, type BulkLedger } from '../support/desk/bulk';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { enterBuyer, enterSeller, issueOf, openInvoiceWriter } from '../support/desk/invoices';
import { countingIds, hourMs, ledgerOf, noonMs } from '../support/desk/ledger';

const dayMs = 24 * hourMs;

describe('what an item does when it falls due', () => {
  const lot = (facts: LoadedDueItem<'LOT_EXPIRING'>['facts']): LoadedDueItem => ({
    ...{ kind: 'LOT_EXPIRING', subject: 'lot', atMs: noonMs },
    facts,
  });
  const invoice = (facts: LoadedDueItem<'INVOICE_OVERDUE'>['facts']): LoadedDueItem => ({
    ...{ kind: 'INVOICE_OVERDUE', subject: 'invoice', atMs: noonMs },
    facts,
  });
  const order = (changes: object | null): LoadedDueItem => ({
    ...{ kind: 'ORDER_LAPSES', subject: 'order', atMs: noonMs },
    facts: changes && ({ ...waiting, ...changes } as LoadedDueItem<'ORDER_LAPSES'>['facts']),
  });
  const waiting = { id: 'order', walletId: 'wallet', placedAtMs: noonMs - 7 * dayMs };
  const money = { creditedAtMs: null, canceledAtMs: null, receivedMinor: 0, backMinor: 0 };

  test.each<[what: string, changes: object | null, isCanceled: boolean]>([
    ['without a payment is canceled', {}, true],
    ['whose payment was withdrawn is canceled', { receivedMinor: 5, backMinor: 5 }, true],
    ['with a part of its payment stays', { receivedMinor: 5, backMinor: 4 }, false],
    ['with its passes stays', { creditedAtMs: noonMs - dayMs }, false],
    ['that was canceled before stays so', { canceledAtMs: noonMs - dayMs }, false],
    ['that is gone changes nothing', null, false],
  ])('an order %s', (_, changes, isCanceled) => {
    const ledger = ledgerOf();
    const [walletId] = ledger.wallets.keys();
    const posting = new Posting(ledger, { id: 'command' }, countingIds());
    const item = order(changes && { ...money, walletId, ...changes });
    fallDue([item], { ledger, posting, newId: countingIds() });
    const { entries, orders, dueItems } = posting.changes;
    expect([...dueItems.values()]).toMatchObject([{ subject: 'order', atMs: null }]);
    expect(entries).toMatchObject(
      isCanceled
        ? [
            {
              kind: 'DayPassOrderCanceled',
              actor: null,
              key: 'order',
              payload: { orderId: 'order' },
            },
          ]
        : [],
    );
    expect([...orders.values()]).toMatchObject(isCanceled ? [{ canceledAtMs: noonMs }] : []);
  });

  const endsAt = (expiresAtMs: number, remaining = 3) => lot({ remaining, expiresAtMs });

  test.each<[what: string, item: LoadedDueItem, notices: number]>([
    ['a lot with passes in it', endsAt(noonMs + 7 * dayMs), 1],
    ['a lot that ends in a moment', endsAt(noonMs + 1), 1],
    ['a lot that has just ended', endsAt(noonMs), 0],
    ['a lot that is used up', endsAt(noonMs + 7 * dayMs, 0), 0],
    ['a lot that is gone', lot(null), 0],
    ['an open invoice', invoice({ openMinor: 2_095 }), 1],
    ['an invoice that is credited in part', invoice({ openMinor: 1 }), 1],
    ['an invoice that is paid or credited', invoice({ openMinor: 0 }), 0],
    ['an invoice that is gone', invoice(null), 0],
  ])('%s', (_, item, notices) => {
    const ledger = ledgerOf();
    const posting = new Posting(ledger, { id: 'command' }, countingIds());
    fallDue([item, { ...item, subject: 'later', atMs: noonMs + 1 }], {
      ...{ ledger, posting, newId: countingIds() },
    });
    const { dueItems, jobs, entries } = posting.changes;
    expect([...dueItems.values()]).toMatchObject([{ subject: item.subject, atMs: null }]);
    expect(entries).toEqual([]);
    const { kind, subject } = item;
    const payload = { accountId: 'account', noticeId: 'id-1', kind, subject };
    const at = new Date(noonMs).toISOString();
    const job = { task: 'write-due-notice', payload: { ...payload, at } };
    expect(jobs).toEqual(Array(notices).fill(job));
  });
});

describe('in an account', () => {
  let database: TestDatabase;
  let source: DataSource;
  let bulk: BulkLedger;
  let invoices: ReturnType<typeof openInvoiceWriter>;

  beforeAll(async () => {
    database = await createTestDatabase();
    source = await openTestSource(database.url);
    bulk = openBulkLedger(source, database.url);
    invoices = openInvoiceWriter(database.url);
    await enterSeller(source);
  });

  afterAll(async () => {
    await Promise.all([bulk.close(), invoices.close()]);
    await source.destroy();
    await database.drop();
  });

  async function openSandbox() {
    const accountId = await createAccount(source, {
      ...{ slug: `due-${newId()}`, name: 'Due', plan: 'none', currency: 'EUR' },
      ...{ timeZone: 'Europe/Berlin', sandbox: true, createdAt: new Date() },
    });
    await enterBuyer(source, accountId);
    const rowsOf = <Row>(sql: string): Promise<Row[]> => source.query(sql, [accountId]);
    return {
      accountId,
      walletId: (await rowsOf<{ id: string }>('select id from wallets where account_id = $1'))[0]!
        .id,
      items: () =>
        rowsOf<{ kind: string; subject: string; at: Date }>(
          'select kind, subject, at from due_items where account_id = $1 order by at',
        ),
      notices: async () => {
        const rows = await rowsOf<{ payload: string }>(
          'select payload from job_outbox where account_id = $1 order by id',
        );
        return rows.map(({ payload }) => JSON.parse(payload));
      },
      grant: (expiresAtMs: number, quantity = 3) =>
        bulk.ledger.submit<'grant'>(accountId, {
          ...{ kind: 'grant', id: newId(), actor: null, walletId: null, quantity },
          ...{ reason: 'For a test', expiresAtMs, key: newId() },
          keyInput: { meant: [], written: [] },
        }),
      async moveTo(toMs: number) {
        for (let isThere = false; !isThere;) {
          const outcome = await bulk.ledger.submit<'advance-clock'>(accountId, {
            ...{ kind: 'advance-clock', id: newId(), byMs: null, toMs, isUnderWay: true },
          });
          expect(outcome.status).toBe('accepted');
          isThere = outcome.status === 'accepted' && outcome.result.isThere;
        }
      },
    };
  }

  test('the clock of a sandbox moves the notice of a lot, which is written once, seven days before the end', async () => {
    const account = await openSandbox();
    const startMs = Date.now();
    const endMs = startMs + 30 * dayMs;
    // A lot that ends within seven days needs no notice: the admin has just chosen its end.
    for (const expiresAtMs of [endMs, startMs + 6 * dayMs]) await account.grant(expiresAtMs);
    const [lot] = await source.query(
      'select id from lots where account_id = $1 order by expires_at desc limit 1',
      [account.accountId],
    );
    const at = new Date(endMs - 7 * dayMs);
    const item = { kind: 'LOT_EXPIRING', subject: lot.id };
    expect(await account.items()).toEqual([{ ...item, at }]);
    await account.moveTo(endMs - 7 * dayMs - 1);
    expect(await account.notices()).toEqual([]);
    await account.moveTo(endMs + dayMs);
    expect(await account.items()).toEqual([]);
    const { accountId } = account;
    expect(await account.notices()).toEqual([
      { accountId, ...item, noticeId: expect.any(String), at: at.toISOString() },
    ]);
  });

  test('an invoice is overdue when its last day is over in the zone of the account', async () => {
    const account = await openSandbox();
    const issued = await invoices.issue(account.accountId, issueOf(account));
    if (issued.status !== 'accepted') throw new Error('No invoice was issued.');
    const [{ day }] = await source.query(
      `select to_char(due_on + 1, 'YYYY-MM-DD') as day from invoices where account_id = $1`,
      [account.accountId],
    );
    const atMs = startOfLocalDate(day, 'Europe/Berlin');
    const item = { kind: 'INVOICE_OVERDUE', subject: issued.result.invoiceId };
    expect(await account.items()).toEqual([{ ...item, at: new Date(atMs) }]);
    await account.moveTo(atMs);
    expect(await account.items()).toEqual([]);
    expect(await account.notices()).toMatchObject([item]);
  });

  test('an item of a newer release stays, and stops neither the clock nor what this release knows', async () => {
    const account = await openSandbox();
    const startMs = Date.now();
    await account.grant(startMs + 30 * dayMs);
    await source.query(
      `insert into due_items (account_id, kind, subject, at) values ($1, 'COUNTED', $1, $2)`,
      [account.accountId, new Date(startMs)],
    );
    await account.moveTo(startMs + 40 * dayMs);
    expect(await account.items()).toMatchObject([{ kind: 'COUNTED' }]);
    expect(await account.notices()).toHaveLength(1);
  });
});
