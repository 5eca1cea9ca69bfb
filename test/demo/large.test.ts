import { createLog } from '../../src/core/log';
import { createProgress } from '../../src/cli/progress';
import { largeAccounts, largeSize, type LargeSize } from '../../src/demo/large-accounts';
import { countEntries } from '../../src/demo/plan-large';
import { seedLarge } from '../../src/demo/seed-large';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { seedExamplePrices } from '../../src/purchases/example-prices';
import { createTestDatabase, openTestSource } from '../support/desk/database';

const small: LargeSize = {
  accounts: 3,
  first: { fullTime: 2, occasional: 110, days: 2 },
  others: { fullTime: 1, occasional: 20, days: 3 },
};

test('the large seed is 50 accounts, 20,000 agents and a million entries', () => {
  const accounts = largeAccounts(largeSize);
  const sum = (of: (account: (typeof accounts)[number]) => number) =>
    accounts.reduce((total, account) => total + of(account), 0);
  expect(accounts.map(({ slug }) => slug).slice(0, 2)).toEqual(['large', 'large-02']);
  expect(accounts.at(-1)?.slug).toBe('large-50');
  expect(sum(({ fullTime, occasional }) => fullTime + occasional)).toBe(20_000);
  expect(accounts[0]?.occasional).toBe(10_000);
  expect(sum(countEntries)).toBeGreaterThanOrEqual(1_000_000);
});

test('a small large seed: its books close, no pass runs, and a second seed does nothing', async () => {
  const database = await createTestDatabase();
  const source = await openTestSource(database.url);
  await seedExamplePrices(source);
  const target = { source, url: database.url, log: createLog({ logLevel: 'silent' }) };
  const shown: number[] = [];
  const onProgress = (entries: number) => void shown.push(entries);
  const made = await seedLarge(target, { size: small, onProgress });
  expect(made).toEqual({ accounts: 3, agents: 154, entries: 683 });
  expect(shown.at(-1)).toBe(683);

  const accounts: { id: string; sequence: number }[] = await source.query(
    'select id, sequence from accounts join journals on account_id = id where not seeding order by slug',
  );
  expect(accounts.map(({ sequence }) => sequence)).toEqual([441, 121, 121]);
  for (const { id } of accounts) expect((await verifyBooks(source, id)).drift).toBeNull();
  const [left] = await source.query(
    `select (select count(*)::int from running_passes) as running,
       (select count(*)::int from agents where email = 'admin@large.example') as admins,
       (select count(*)::int from journals where last_instant > clock_timestamp()) as ahead`,
  );
  expect(left).toEqual({ running: 0, admins: 1, ahead: 0 });
  expect(await seedLarge(target, { size: small })).toBeNull();
  await source.destroy();
  await database.drop();
});

test('without a terminal, progress is a line for every tenth', () => {
  const lines: string[] = [];
  const progress = createProgress('entries', {
    isTTY: false,
    write: (text) => !!lines.push(String(text)),
  });
  for (let done = 0; done <= 200; done += 1) progress.show(done, 200);
  progress.end();
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toMatch(/^100 % of 200 entries, \d+ s\n$/);
});
