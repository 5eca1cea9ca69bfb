import type { DataSource } from 'typeorm';
import { verifyBooks } from '../../../src/ledger/verify/verify-books';
import { eventually } from '../patience';

interface Ended {
  passes: number;
  /** Different passes among them. */
  different: number;
  running: number;
  /** Ends that were written before their instant. */
  early: number;
}

async function endedOf(source: DataSource, accountId: string): Promise<Ended> {
  const [row] = await source.query(
    `select count(*)::int as passes, count(distinct e.consumption_id)::int as different,
       (select count(*)::int from running_passes where account_id = $1) as running,
       count(*) filter (where e.occurred_at < c.expires_at)::int as early
     from journal_entries e join consumptions c
       on c.account_id = e.account_id and c.id = e.consumption_id
     where e.account_id = $1 and e.kind = 'DayPassExpired'`,
    [accountId],
  );
  return row;
}

/** How many passes of the account run. */
export async function runningOf(source: DataSource, accountId: string): Promise<number> {
  const [row] = await source.query(
    'select count(*)::int as running from running_passes where account_id = $1',
    [accountId],
  );
  return row.running;
}

/** Waits until no pass runs; then so many have ended, each once and not early, and the books close. */
export async function expectEndedOnce(
  source: DataSource,
  accountId: string,
  passes: number,
): Promise<void> {
  await eventually(async () =>
    expect(await endedOf(source, accountId)).toMatchObject({ running: 0 }),
  );
  expect(await endedOf(source, accountId)).toEqual({
    passes,
    different: passes,
    running: 0,
    early: 0,
  });
  expect((await verifyBooks(source, accountId)).drift).toBeNull();
}
