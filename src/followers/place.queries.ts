import type { AccountManager } from '../db/account-manager';
import { AccountScope } from '../db/account-scope';
import { readInstant } from '../db/instant';
import type { DataSource } from 'typeorm';

/** Pauses after failures: 1 s, 2 s, 4 s, … and at most five minutes. */
const pauseSeconds = { least: 1, most: 300 };

/** The place of a follower in one account's journal. */
export interface FollowerPlace {
  sequence: number;
  failures: number;
  /** How long it pauses after a failure; 0 or less if it may run. */
  pausedMs: number;
}

/**
 * Takes the place for this transaction. Null if another process has it, or if there is no row yet.
 */
export async function lockPlace(
  transaction: AccountManager,
  follower: string,
): Promise<FollowerPlace | null> {
  const [row] = await transaction.query<{
    sequence: number;
    failures: number;
    paused_ms: number | null;
  }>(
    `select sequence, failures,
       extract(epoch from retry_at - clock_timestamp())::float8 * 1000 as paused_ms
     from follower_places where account_id = $1 and follower = $2
     for update skip locked`,
    [follower],
  );
  if (!row) return null;
  const { sequence, failures, paused_ms: pausedMs } = row;
  return { sequence, failures, pausedMs: pausedMs ?? 0 };
}

/** Creates the place of an account that is new to the follower. Returns whether there was none. */
export async function createPlace(
  source: DataSource,
  { accountId, follower }: { accountId: string; follower: string },
): Promise<boolean> {
  const created = await new AccountScope(source, accountId).query(
    `insert into follower_places (account_id, follower, sequence) values ($1, $2, 0)
     on conflict do nothing returning account_id`,
    [follower],
  );
  return created.length > 0;
}

/** Moves the place on, which ends every pause. */
export async function movePlace(
  transaction: AccountManager,
  { follower, sequence }: { follower: string; sequence: number },
): Promise<void> {
  await transaction.query(
    `update follower_places
     set sequence = $3, failures = 0, failing_since = null, retry_at = null
     where account_id = $1 and follower = $2`,
    [follower, sequence],
  );
}

/** Counts a failure and begins a pause, which holds for every process. */
export async function noteFailure(
  source: DataSource,
  { accountId, follower }: { accountId: string; follower: string },
): Promise<void> {
  const scope = new AccountScope(source, accountId);
  await scope.query(
    `update follower_places
     set failures = failures + 1,
       failing_since = coalesce(failing_since, $5::timestamptz),
       retry_at = $5::timestamptz + interval '1 second'
         * least($3::float8 * power(2, least(failures, 20)), $4::float8)
     where account_id = $1 and follower = $2`,
    [follower, pauseSeconds.least, pauseSeconds.most, await readInstant(scope)],
  );
}

/**
 * For an account whose past was written by a seed, when that is done: followers that begin at the
 * present end begin after it.
 */
export async function placeFollowersAtTheEnd(transaction: AccountManager): Promise<void> {
  await transaction.query(
    `insert into follower_places (account_id, follower, sequence)
     select j.account_id, f.name, j.sequence from journals j cross join followers f
     where j.account_id = $1 and f.begins_at = 'PRESENT_END'
     on conflict (account_id, follower) do update set sequence = excluded.sequence`,
  );
}
