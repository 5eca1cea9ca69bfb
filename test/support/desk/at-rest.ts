import { eventually, type Desk } from './desk';

/**
 * Resolves when the service has nothing left to do for an account in the background: its followers
 * have read the whole journal, no job stands in its outbox, and none waits for its first try.
 */
export async function comesToRest(desk: Desk): Promise<void> {
  await eventually(async () => {
    const [account] = await desk.sql<{ isAtRest: boolean | null }>(
      `select bool_and(p.sequence = j.sequence)
           and not exists (select from job_outbox where account_id = $1)
           and not exists (select from graphile_worker._private_jobs
             where payload ->> 'accountId' = $1::text and attempts <= 1
               and last_error is null and run_at <= now()) as "isAtRest"
         from follower_places p join journals j using (account_id) where account_id = $1`,
    );
    expect(account!.isAtRest).toBe(true);
  });
}
