import type { Pool } from 'pg';
import { In } from 'typeorm';
import type { NewAgent } from '../agents/create-agents';
import { AccountRow } from '../db/tables/account';
import { createWriterPool } from '../db/writer-pool';
import { databaseNowMs } from './database-now';
import { demoAccounts, type DemoAccount } from './demo-accounts';
import { beginAccount, finishAccount, openAccount } from './open-account';
import { PastLedger } from './past-ledger';
import { planAccount } from './plan-account';
import { planReplies } from './plan-replies';
import { planTickets } from './plan-tickets';
import { planVisits } from './plan-visits';
import type { SeedTarget } from './seed-target';
import { dayMs, type Span } from './span';
import { walk } from './walk';
import { writeTickets } from './write-tickets';

/** Creates the demo MSPs that do not exist or are not finished. Returns whether there was one. */
export async function makeDemo({ source, url, log }: SeedTarget): Promise<boolean> {
  const accounts = source.getRepository(AccountRow);
  const slugs = demoAccounts.map(({ slug }) => slug);
  const finished = await accounts.countBy({ slug: In(slugs), seeding: false });
  if (finished === slugs.length) return false;
  const nowMs = await databaseNowMs(source);
  // All of them before the first is finished: a mark stays until the last one is.
  for (const account of demoAccounts) await beginAccount(source, account, nowMs);
  const pool = createWriterPool(url, demoAccounts.length, log, fastCommits);
  try {
    await Promise.all(demoAccounts.map((account) => makeAccount({ source, pool, log }, account)));
  } finally {
    await pool.end();
  }
  return true;
}

/**
 * Commits of a seed need not wait for the disk: a crash of PostgreSQL loses only the end of what
 * was written, and the seed continues from there. The last commit of an account waits again.
 */
export const fastCommits = { options: '-c synchronous_commit=off' };

async function makeAccount(
  { source, ...on }: Pick<SeedTarget, 'source' | 'log'> & { pool: Pool },
  demo: DemoAccount,
): Promise<void> {
  const account = await openAccount(source, demo.slug, (span) => agentsOf(demo, span));
  if (!account) return;
  const { span } = account;
  const syncs = planTickets(demo, span);
  const steps = planAccount(demo, planVisits(demo, syncs, span), span);
  const replies = planReplies(demo, steps, span);
  await writeTickets(source, account, { clients: demo.clients, syncs, replies });
  await walk(new PastLedger(account.accountId, on), account, { steps });
  await finishAccount(source, account.accountId);
}

function agentsOf({ people }: DemoAccount, { startMs, endMs }: Span): NewAgent[] {
  return people.map(({ name, email, type, status, role, timeZone, sections }) => ({
    ...{ name, email, type, role, timeZone },
    sections: [...sections],
    // Agents who left were active first; the walk reaches the day on which they leave.
    status: status === 'DEACTIVATED' ? 'ACTIVE' : status,
    createdAt: new Date(status === 'INVITED' ? endMs - dayMs : startMs),
  }));
}
