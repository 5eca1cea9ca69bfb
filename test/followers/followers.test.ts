import { EventEmitter, once } from 'node:events';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { checkFollowers } from '../../src/cli/doctor-followers';
import { createLog } from '../../src/core/log';
import { Metrics } from '../../src/core/metrics';
import { AccountManager } from '../../src/db/account-manager';
import { NotifyHints, type HintCarrier } from '../../src/db/hints';
import { enqueueJobs } from '../../src/db/jobs';
import type { Follower } from '../../src/followers/follower';
import { FollowerRunner } from '../../src/followers/follower-runner';
import { introduceFollowers } from '../../src/followers/introduce-followers';
import { placeFollowersAtTheEnd } from '../../src/followers/place.queries';
import type { JournalEntry } from '../../src/journal/journal-entry';
import { openBulkLedger, openPlainAccount, type BulkLedger } from '../support/desk/bulk';
import { requireFresh } from '../support/built';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { eventually } from '../support/patience';
import { startProgram } from '../support/process';

const hourMs = 3_600_000;
const log = createLog({ logLevel: 'silent' });

let database: TestDatabase;
let source: DataSource;
let bulk: BulkLedger;
const running: { stop(): Promise<void> }[] = [];
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 8);
  bulk = openBulkLedger(source, database.url);
  await source.query(
    'create table effects (account_id uuid, follower text, sequence int, at serial, entry text)',
  );
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
});

afterAll(async () => {
  await bulk.close();
  await source.destroy();
  await database.drop();
});

/** Somebody to whom no hint comes. */
const deaf: Pick<HintCarrier, 'listen' | 'send'> = { listen() {}, send() {} };
const never = hourMs;

/** An account with so many entries in its journal, besides that of its first passes. */
async function openJournal(grants = 0): Promise<string> {
  const nowMs = Date.now();
  const { accountId } = await openPlainAccount(source, bulk, { agents: 1, nowMs });
  await bulk.grant(accountId, grants);
  return accountId;
}

/** A follower that writes a row for each entry; `before` may refuse the page. */
function recorder(
  before: (entries: readonly JournalEntry[]) => Promise<void> | void = () => {},
  options: Partial<Follower> = {},
): Follower {
  const name = `recorder-${(count += 1)}`;
  return {
    name,
    beginsAt: 'FIRST_ENTRY',
    async handle(entries, transaction) {
      await transaction.query(
        `insert into effects (account_id, follower, sequence, entry)
         select $1, $2, * from unnest($3::int[], $4::text[])`,
        [name, entries.map(({ sequence }) => sequence), entries.map(({ id }) => id)],
      );
      await before(entries);
    },
    ...options,
  };
}

function run(
  followers: Follower[],
  options: Partial<ConstructorParameters<typeof FollowerRunner>[0]> = {},
): FollowerRunner {
  const observe = { followerPaged() {}, followerFailed() {} };
  const runner = new FollowerRunner({
    ...{ source, followers, hints: deaf, log, observe },
    ...{ sweepEveryMs: 50, pageMs: 120_000 },
    ...options,
  });
  runner.start();
  running.push(runner);
  return runner;
}

async function handled({ name }: Follower, accountId: string): Promise<number[]> {
  const rows: { sequence: number }[] = await source.query(
    'select sequence from effects where follower = $1 and account_id = $2 order by at',
    [name, accountId],
  );
  return rows.map(({ sequence }) => sequence);
}

async function placeOf({ name }: Follower, accountId: string) {
  const [row] = await source.query(
    'select sequence, failures from follower_places where follower = $1 and account_id = $2',
    [name, accountId],
  );
  return row as { sequence: number; failures: number } | undefined;
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

const expectHandled = (follower: Follower, accountId: string, expected: number[]) =>
  eventually(async () => expect(await handled(follower, accountId)).toEqual(expected));

test('every entry of every account is handled once and in order, by each follower separately', async () => {
  const accounts = [await openJournal(600), await openJournal(3)];
  const all = recorder();
  const none = recorder(() => {}, { entryKinds: ['DayPassConsumed'] });
  run([all, none]);
  await expectHandled(all, accounts[0]!, numbers(1, 601));
  await expectHandled(all, accounts[1]!, numbers(1, 4));
  // A follower of other kinds stands at the end, too, and has handled nothing.
  await eventually(async () =>
    expect(await placeOf(none, accounts[0]!)).toMatchObject({ sequence: 601 }),
  );
  expect(await handled(none, accounts[0]!)).toEqual([]);
});

test('a follower of some kinds handles those, at any place of a long journal', async () => {
  const { accountId, agentIds } = await openPlainAccount(source, bulk, {
    agents: 2,
    nowMs: Date.now(),
  });
  await bulk.grant(accountId, 600);
  await bulk.sell(accountId, agentIds, Date.now() + 2 * hourMs);
  const sold = recorder(() => {}, { entryKinds: ['DayPassConsumed'] });
  run([sold]);
  await expectHandled(sold, accountId, [602, 603]);
});

test('two processes share the work, and a hint wakes them without a sweep', async () => {
  const accounts = [await openJournal(), await openJournal()];
  const follower = recorder();
  const carriers = await Promise.all(
    [1, 2].map(async () => {
      const hints = new NotifyHints(source, database.url, log);
      await hints.start();
      return hints;
    }),
  );
  for (const hints of carriers) run([follower], { hints, sweepEveryMs: never });
  for (const accountId of accounts) await expectHandled(follower, accountId, [1]);
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(accounts.map((accountId) => bulk.grant(accountId, 10)));
  }
  for (const accountId of accounts) await expectHandled(follower, accountId, numbers(1, 51));
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
  await Promise.all(carriers.map((hints) => hints.stop()));
});

test('an entry that fails is tried again, delays those after it, and no other account', async () => {
  const [sick, well] = [await openJournal(20), await openJournal()];
  let isHealed = false;
  const follower = recorder((entries) => {
    const fails = entries.some((e) => e.accountId === sick && e.sequence === 13);
    if (fails && !isHealed) throw new Error('Entry 13 cannot be handled.');
  });
  const calm = recorder();
  run([follower, calm]);
  await eventually(async () =>
    expect((await placeOf(follower, sick))?.failures).toBeGreaterThanOrEqual(2),
  );
  // All before it is done; of the page that fails nothing is written.
  expect(await handled(follower, sick)).toEqual(numbers(1, 12));
  expect(await placeOf(follower, sick)).toMatchObject({ sequence: 12 });
  await expectHandled(calm, sick, numbers(1, 21));
  await bulk.grant(well, 5);
  await expectHandled(follower, well, numbers(1, 6));
  isHealed = true;
  await expectHandled(follower, sick, numbers(1, 21));
  expect(await placeOf(follower, sick)).toEqual({ sequence: 21, failures: 0 });
});

test('a page that takes too long writes nothing, then or later', async () => {
  const accountId = await openJournal();
  let late: (() => Promise<unknown>) | undefined;
  let isSlow = true;
  const slow = recorder(async (entries) => {
    if (isSlow && entries[0]!.accountId === accountId) await new Promise(() => {});
  });
  const { handle } = slow;
  slow.handle = (entries, transaction, changed) => {
    const row = 'insert into effects (account_id, follower, sequence) values ($1, $2, 0)';
    if (transaction.accountId === accountId) late = () => transaction.query(row, [slow.name]);
    return handle(entries, transaction, changed);
  };
  run([slow], { pageMs: 1_000 });
  await eventually(async () => expect((await placeOf(slow, accountId))?.failures).toBe(1));
  // Work that continues after its time can write nothing.
  await expect(late!()).rejects.toThrow();
  expect(await handled(slow, accountId)).toEqual([]);
  isSlow = false;
  await expectHandled(slow, accountId, [1]);
});

test('a page that takes too long is cut until it fits, and the journal is followed to its end', async () => {
  const accountId = await openJournal(60);
  const slow = recorder(async (entries) => {
    if (entries.length > 40) await new Promise(() => {});
  });
  const followerFailed = jest.fn();
  run([slow], { pageMs: 1_000, observe: { followerPaged() {}, followerFailed } });
  await expectHandled(slow, accountId, numbers(1, 61));
  expect(followerFailed).not.toHaveBeenCalled();
});

test('a process that is killed between the effect and the place leaves neither', async () => {
  const accountId = await openJournal(3);
  const follower = recorder();
  requireFresh('server');
  const program = startProgram(
    process.execPath,
    ['test/support/desk/follower.program.mjs', database.url, follower.name],
    {},
  );
  await program.says(/The effect is written/);
  program.child.kill('SIGKILL');
  await program.ended;
  expect(await handled(follower, accountId)).toEqual([]);
  expect((await placeOf(follower, accountId))?.sequence ?? 0).toBe(0);
  run([follower]);
  await expectHandled(follower, accountId, numbers(1, 4));
});

test('a stop ends the present page, and the next process continues after it', async () => {
  const accountId = await openJournal(2);
  const pages = new EventEmitter();
  let isHeld = true;
  const follower = recorder(async () => {
    pages.emit('begun');
    if (isHeld) await once(pages, 'released');
  });
  const begun = once(pages, 'begun');
  run([follower]);
  await begun;
  const stopped = running.pop()!.stop();
  isHeld = false;
  pages.emit('released');
  await stopped;
  const before = await handled(follower, accountId);
  await bulk.grant(accountId, 2);
  expect(await handled(follower, accountId)).toEqual(before);
  run([follower]);
  await expectHandled(follower, accountId, numbers(1, 5));
});

test('a job is added if the place moves, and only then', async () => {
  const accountId = await openJournal(1);
  let fails = true;
  const name = `mails-${(count += 1)}`;
  const jobsOf = async () => {
    const [row] = await source.query(
      `select count(*)::int as jobs from graphile_worker.jobs where task_identifier = $1`,
      [name],
    );
    return row.jobs as number;
  };
  const follower: Follower = {
    name,
    beginsAt: 'FIRST_ENTRY',
    async handle(entries, transaction: AccountManager) {
      if (entries[0]!.accountId !== accountId) return;
      const jobs = entries.map(({ id }) => ({ task: name, payload: { entryId: id } }));
      await transaction.query(enqueueJobs, [JSON.stringify(jobs)]);
      if (fails) throw new Error('After the job was added.');
    },
  };
  run([follower]);
  await eventually(async () => expect((await placeOf(follower, accountId))?.failures).toBe(1));
  expect(await jobsOf()).toBe(0);
  fails = false;
  await eventually(async () =>
    expect(await placeOf(follower, accountId)).toMatchObject({ sequence: 2 }),
  );
  expect(await jobsOf()).toBe(2);
});

test('a new follower begins at the present end or at the first entry; later accounts at their first', async () => {
  const old = await openJournal(2);
  const seeded = await openJournal(2);
  const fresh = recorder(() => {}, { beginsAt: 'PRESENT_END' });
  const full = recorder();
  await source.query('update accounts set seeding = true where id = $1', [seeded]);
  await introduceFollowers(source, [fresh, full]);
  // Again, as at every later start: nothing is skipped by it.
  await bulk.grant(old, 1);
  await introduceFollowers(source, [fresh, full]);
  const later = await openJournal(1);
  run([fresh, full]);
  await expectHandled(fresh, old, [4]);
  await expectHandled(full, old, numbers(1, 4));
  await expectHandled(fresh, later, [1, 2]);

  // While its past is being written nothing is done; after it the follower begins at its end.
  await bulk.grant(seeded, 3);
  await eventually(async () => expect(await handled(full, later)).toEqual([1, 2]));
  expect(await handled(full, seeded)).toEqual([]);
  await source.transaction(async (entities) => {
    const transaction = new AccountManager(entities, seeded);
    await placeFollowersAtTheEnd(transaction);
    await transaction.updateAccount({ seeding: false });
  });
  await bulk.grant(seeded, 1);
  await expectHandled(fresh, seeded, [7]);
  await expectHandled(full, seeded, numbers(1, 7));
});

test('metrics and the doctor show a follower that fails', async () => {
  const accountId = await openJournal(4);
  const metrics = new Metrics();
  const follower = recorder((entries) => {
    if (entries.some((e) => e.accountId === accountId)) throw new Error('It always fails.');
  });
  const runner = run([follower], { observe: metrics });
  metrics.watchFollowers(() => runner.lags);
  await eventually(async () =>
    expect((await placeOf(follower, accountId))?.failures).toBeGreaterThanOrEqual(3),
  );
  await eventually(async () => {
    const { body } = await metrics.text();
    expect(body).toMatch(
      new RegExp(`daypass_follower_failures_total{follower="${follower.name}"} [3-9]`),
    );
    expect(body).toContain(`daypass_follower_lag_entries{follower="${follower.name}"} 5`);
    expect(body).toMatch(
      new RegExp(`daypass_follower_lag_seconds{follower="${follower.name}"} \\d`),
    );
  });
  const client = new Client(database.url);
  await client.connect();
  try {
    const [account] = await source.query('select slug from accounts where id = $1', [accountId]);
    const finding = await checkFollowers(client, [follower.name]);
    expect(finding.state).toBe('warning');
    expect(finding.says).toMatch(
      new RegExp(
        `^${follower.name} at ${account.slug}: 5 entries not handled, failed \\d+ times in a row$`,
      ),
    );
    expect(await checkFollowers(client, [])).toMatchObject({ state: 'ok' });
  } finally {
    await client.end();
  }
});
