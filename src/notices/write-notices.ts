import type { AccountManager } from '../db/account-manager';
import { readInstant } from '../db/instant';
import { enqueueJobs, type Job } from '../db/jobs';
import type { NoticeDraft } from './notice';
import { noticeWays } from './notice-ways';
import { isLimited, quietMs, withoutRepeats, type LastNotice } from './notice.rules';

/**
 * Stores the notices that are sent, with the jobs that send them: both exist when the transaction
 * commits, and only then. Returns the agents who have a new notice.
 */
export async function writeNotices(
  transaction: AccountManager,
  drafts: readonly NoticeDraft[],
): Promise<string[]> {
  const due = withoutRepeats(drafts, await lastNotices(transaction, drafts));
  if (due.length === 0) return [];
  const jobs: Job[] = [];
  for (const jobsOf of noticeWays) jobs.push(...(await jobsOf(transaction, due)));
  // Last, because it locks the account's state: that lock is held until the commit.
  await insertNotices(transaction, due);
  if (jobs.length > 0) await transaction.query(enqueueJobs, [JSON.stringify(jobs)]);
  return concernedBy(transaction, due);
}

/** The last notice of each wallet and threshold, of the day before the first draft. */
async function lastNotices(
  transaction: AccountManager,
  drafts: readonly NoticeDraft[],
): Promise<LastNotice[]> {
  const limited = drafts.filter(isLimited);
  if (limited.length === 0) return [];
  const afterMs = Math.min(...limited.map(({ atMs }) => atMs)) - quietMs;
  return transaction.query<LastNotice>(
    `select distinct on (kind, wallet_id, threshold) kind, wallet_id as "walletId", threshold,
       balance, (extract(epoch from occurred_at) * 1000)::float8 as "atMs"
     from notices where account_id = $1 and kind = any($2) and occurred_at > $3
     order by kind, wallet_id, threshold, number desc`,
    [[...new Set(limited.map(({ kind }) => kind))], new Date(afterMs)],
  );
}

/** Numbers them: the order in which readers see them, whichever transaction commits first. */
async function insertNotices(
  transaction: AccountManager,
  notices: readonly NoticeDraft[],
): Promise<void> {
  const rows = notices.map((notice, at) => ({ ...notice, place: at + 1 }));
  await transaction.query(
    `with counted as (
       update state_revisions set revision = revision + 1, notices = notices + $2::int
       where account_id = $1 returning account_id, notices)
     insert into notices (account_id, id, number, kind, occurred_at, sequence, wallet_id, threshold,
       balance, facts, agent_id, created_at)
     select c.account_id, n.id, c.notices - $2::int + n.place, n.kind,
       'epoch'::timestamptz + n."atMs" * interval '1 millisecond', n.sequence, n."walletId",
       n.threshold, n.balance, n.facts, n."agentId", $4::timestamptz
     from counted c cross join json_to_recordset($3::json) as n (id uuid, place int, kind text,
       "atMs" bigint, sequence int, "walletId" uuid, threshold int, balance int, facts jsonb,
       "agentId" uuid)`,
    [notices.length, JSON.stringify(rows), await readInstant(transaction)],
  );
}

async function concernedBy(
  transaction: AccountManager,
  notices: readonly NoticeDraft[],
): Promise<string[]> {
  const agents = notices.flatMap(({ agentId }) => (agentId === null ? [] : [agentId]));
  if (agents.length === notices.length) return [...new Set(agents)];
  const admins = await transaction.query<{ id: string }>(
    `select id from agents
     where account_id = $1 and role = 'ACCOUNT_ADMIN' and status = 'ACTIVE'`,
  );
  return [...new Set([...agents, ...admins.map(({ id }) => id)])];
}
