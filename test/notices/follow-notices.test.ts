import type { DataSource } from 'typeorm';
import type { AccountManager } from '../../src/db/account-manager';
import { followPage } from '../../src/followers/follow-page';
import type { Follower } from '../../src/followers/follower';
import { noticesOfEntries } from '../../src/notices/follow-notices';
import { openBulkLedger, openPlainAccount, type BulkLedger } from '../support/desk/bulk';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { hangMs } from '../support/patience';

let database: TestDatabase;
let source: DataSource;
let bulk: BulkLedger;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 4);
  bulk = openBulkLedger(source, database.url);
});

afterAll(async () => {
  await bulk.close();
  await source.destroy();
  await database.drop();
});

/** The follower, which ends after so many statements of a page as if its process was killed. */
function endingAfter(statements: number): Follower {
  return {
    ...noticesOfEntries,
    handle(entries, transaction, changed) {
      let done = 0;
      const query: AccountManager['query'] = async (sql, parameters) => {
        const rows = await transaction.query<never>(sql, parameters);
        if ((done += 1) === statements) throw new Error(`Ended after ${done} statements.`);
        return rows;
      };
      const ending = Object.assign(Object.create(transaction) as AccountManager, { query });
      return noticesOfEntries.handle(entries, ending, changed);
    },
  };
}

test('a crash after any statement of a page neither loses nor repeats a notice', async () => {
  const nowMs = Date.now();
  const { accountId, agentIds } = await openPlainAccount(source, bulk, { agents: 1, nowMs });
  await source.query(`update agents set role = 'ACCOUNT_ADMIN' where account_id = $1`, [accountId]);
  await source.query(
    'update wallets set low_balance_threshold = balance - 1 where account_id = $1',
    [accountId],
  );
  await bulk.sell(accountId, agentIds, nowMs + 3_600_000);
  const stored = async () => {
    const [row]: { notices: number; jobs: number }[] = await source.query(
      `select (select count(*)::int from notices where account_id = $1) as notices,
         (select count(*)::int from graphile_worker.jobs where task_identifier = 'send-notice')
           as jobs`,
      [accountId],
    );
    return row;
  };
  const page = (follower: Follower) =>
    followPage(source, { follower, accountId, pageSize: 500 }, hangMs);
  // The first page makes the row of the place.
  expect(await page(noticesOfEntries)).toMatchObject({ is: 'MORE', handled: 0 });
  let crashes = 0;
  while ((await page(endingAfter(crashes + 1))).is === 'FAILED') {
    crashes += 1;
    expect(await stored()).toEqual({ notices: 0, jobs: 0 });
  }
  expect(crashes).toBeGreaterThanOrEqual(4);
  expect(await stored()).toEqual({ notices: 1, jobs: 1 });
  expect(await page(noticesOfEntries)).toMatchObject({ is: 'DONE', handled: 0 });
  expect(await stored()).toEqual({ notices: 1, jobs: 1 });
});
