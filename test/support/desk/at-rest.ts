import { eventually, type Desk } from './desk';

/**
 * Resolves when the service has nothing left to do for an account in the background: its followers
 * have read the whole journal, and no job stands in its outbox.
 */
export async function comesToRest(desk: Desk): Promise<void> {
  await eventually(async () => {
    const [account] = await desk.sql<{ isAtRest: boolean | null }>(
      `select bool_and(p.sequence = j.sequence)
           -- A follower makes the row of its place at its first look.
           and count(*) = (select count(*) from followers)
           and not exists (select from job_outbox where account_id = $1) as "isAtRest"
         from follower_places p join journals j using (account_id) where account_id = $1`,
    );
    expect(account!.isAtRest).toBe(true);
  });
}
