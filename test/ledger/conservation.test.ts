import type { DataSource } from 'typeorm';
import { createLog } from '../../src/core/log';
import { newId } from '../../src/core/ids';
import { createWriterPool } from '../../src/db/writer-pool';
import { checkedKernel, kernel } from '../../src/ledger/decide';
import type { Changes } from '../../src/ledger/model/changes';
import type { Lot, Wallet } from '../../src/ledger/model/ledger';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { AccountWriter } from '../../src/ledger/writer/account-writer';
import { foldBatch } from '../../src/ledger/writer/fold-batch';
import type { Kernel } from '../../src/ledger/writer/kernel';
import { openTestBooks } from '../support/desk/books';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { consumeOf, countingIds, grantOf, ledgerOf, lotOf } from '../support/desk/ledger';
import { hangMs } from '../support/patience';

/** The kernel, but for a fault in what the command of that id changes. */
function faulty(on: Kernel, commandId: string, plant: (changes: Changes) => void): Kernel {
  return {
    ...on,
    moduleOf(command) {
      const module = on.moduleOf(command);
      if ('step' in module) return module;
      return {
        ...module,
        decide: (ledger, one, ids) => {
          const decision = module.decide(ledger, one, ids);
          if (one.id === commandId) plant(decision.changes);
          return decision;
        },
      };
    },
  };
}

const setLots = ({ lots }: Changes, change: Partial<Lot>) =>
  lots.forEach((lot, id) => lots.set(id, { ...lot, ...change }));
const setWallets = ({ wallets }: Changes, change: Partial<Wallet>) =>
  wallets.forEach((wallet, id) => wallets.set(id, { ...wallet, ...change }));

const planted: [fault: string, plant: (changes: Changes) => void][] = [
  ['the lot is not drawn from', ({ lots }) => lots.clear()],
  ['the lot loses two passes', (changes) => setLots(changes, { remaining: 0 })],
  ['the lot is drawn below zero', (changes) => setLots(changes, { remaining: -1 })],
  ['the lot is above its size', (changes) => setLots(changes, { quantity: 0 })],
  ['the balance stays', (changes) => setWallets(changes, { balance: 2 })],
  ['the entry takes two passes', ({ entries }) => (entries[0]!.delta = -2)],
  ['the entry takes no pass', ({ entries }) => (entries[0]!.delta = 0)],
  ['the pass is owed as well', ({ owed, consumptions }) => owed.push(...consumptions)],
];

describe('of a pass that is consumed', () => {
  const lots = [lotOf({ quantity: 2, remaining: 2 })];
  const batchOn = (on: Kernel) =>
    foldBatch(on, ledgerOf({ lots }), { commands: [consumeOf()], newId: countingIds() });

  test.each(planted)('a check of the books finds that %s', (_, plant) => {
    expect(() => batchOn(faulty(checkedKernel, 'command', plant))).toThrow(
      /are not conserved|holds .* passes, and is of/,
    );
  });

  test('without the check such faults are written as they are', () => {
    for (const [, plant] of planted.slice(0, 6)) {
      expect(() => batchOn(faulty(kernel, 'command', plant))).not.toThrow();
    }
  });

  test('the check finds nothing if nothing is wrong', () => {
    expect(batchOn(checkedKernel).settled).toMatchObject([{ status: 'fulfilled' }]);
  });
});

test('what pays a debt is checked too', () => {
  const ledger = () => ledgerOf({ wallet: { balance: -1, emergencyAllowance: 1 } });
  const batchOn = (on: Kernel) =>
    foldBatch(on, ledger(), { commands: [grantOf()], newId: countingIds() });
  expect(batchOn(checkedKernel).settled).toMatchObject([{ status: 'fulfilled' }]);
  const stillOwes = faulty(checkedKernel, 'command', ({ settled }) => settled.clear());
  expect(() => batchOn(stillOwes)).toThrow('not conserved');
});

describe('in the database', () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    source = await openTestSource(database.url, 4);
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  test('a command that loses a pass is refused alone, and its batch is written', async () => {
    const books = await openTestBooks(source, database.url, { slug: 'checked', agents: 1 });
    const log = createLog({ logLevel: 'silent' });
    const pool = createWriterPool(database.url, 1, log);
    const wrongId = newId();
    const writer = new AccountWriter(
      faulty(checkedKernel, wrongId, (changes) => setLots(changes, { remaining: 1 })),
      { pool, writersMax: 1, log, waitMaxMs: hangMs, announce: () => {} },
    );
    const answers = await Promise.allSettled(
      [newId(), wrongId, newId()].map((id) =>
        writer.submit(books.accountId, grantOf({ id, key: id, quantity: 3 })),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await verifyBooks(source, books.accountId)).toEqual({ entries: 2, drift: null });
    const [wallet] = await source.query<{ balance: number }[]>(
      'select balance from wallets where account_id = $1',
      [books.accountId],
    );
    expect(wallet).toEqual({ balance: 6 });
    await pool.end();
    await books.close();
  });
});
