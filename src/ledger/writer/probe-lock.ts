import type { Pool } from 'pg';
import { lockJournal } from './lock-journal';

/** Longer than another process's batch holds an account that is only busy. */
const probeMs = 250;

/** Whether the account's lock can be had within a moment. Never rejects. */
export async function probeLock(pool: Pool, accountId: string): Promise<boolean> {
  const client = await pool.connect().catch(() => null);
  if (!client) return false;
  let isFree = false;
  let failure: Error | undefined;
  try {
    await client.query('begin');
    await client.query(`set local lock_timeout = ${probeMs}`);
    isFree = await lockJournal(client, accountId).then(
      () => true,
      () => false,
    );
    await client.query('rollback');
  } catch (error) {
    failure = error as Error;
  } finally {
    client.release(failure);
  }
  return isFree && !failure;
}
