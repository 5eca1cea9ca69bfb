import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { AccountRow } from '../db/tables/account';
import { createWriterPool } from '../db/writer-pool';
import { databaseNowMs } from './database-now';
import {
  largeAccounts,
  largeAgents,
  largeSize,
  type LargeAccount,
  type LargeSize,
} from './large-accounts';
import { beginAccount, finishAccount, openAccount } from './open-account';
import { PastLedger } from './past-ledger';
import { countEntries, planLarge } from './plan-large';
import { fastCommits } from './make-demo';
import type { SeedTarget } from './seed-target';
import { walk } from './walk';

/** Accounts that are walked at the same time. The writer's process is the narrow place, not these. */
const walksMax = 4;

export interface LargeSeed {
  accounts: number;
  agents: number;
  entries: number;
}

/**
 * Creates many accounts with many agents and a long journal, through the ledger; continues a killed
 * seed. Returns what exists then; null if everything existed before.
 */
export async function seedLarge(
  { source, url, log }: SeedTarget,
  {
    size = largeSize,
    onProgress = () => {},
  }: { size?: LargeSize; onProgress?: (entries: number, of: number) => void } = {},
): Promise<LargeSeed | null> {
  const accounts = largeAccounts(size);
  if (await isDone(source, accounts)) return null;
  const nowMs = await databaseNowMs(source);
  for (const account of accounts) await beginAccount(source, account, nowMs);

  const entries = accounts.reduce((sum, account) => sum + countEntries(account), 0);
  let done = 0;
  const onActs = (count: number) => {
    done += count;
    onProgress(done, entries);
  };
  const pool = createWriterPool(url, walksMax, log, fastCommits);
  try {
    const line = [...accounts];
    const walker = async () => {
      for (let account = line.shift(); account; account = line.shift()) {
        await makeAccount({ source, pool, log }, account, onActs);
      }
    };
    await Promise.all(Array.from({ length: walksMax }, walker));
  } finally {
    await pool.end();
  }
  const agents = accounts.reduce((sum, { fullTime, occasional }) => sum + fullTime + occasional, 0);
  return { accounts: accounts.length, agents, entries };
}

async function isDone(source: DataSource, accounts: readonly LargeAccount[]): Promise<boolean> {
  const there = await source.getRepository(AccountRow).findBy({ seeding: false });
  const slugs = new Set(there.map(({ slug }) => slug));
  return accounts.every(({ slug }) => slugs.has(slug));
}

async function makeAccount(
  { source, ...on }: Pick<SeedTarget, 'source' | 'log'> & { pool: Pool },
  large: LargeAccount,
  onActs: (count: number) => void,
): Promise<void> {
  const account = await openAccount(source, large.slug, ({ startMs }) =>
    largeAgents(large, startMs),
  );
  if (!account) return onActs(countEntries(large));
  const steps = planLarge(large, account.span);
  await walk(new PastLedger(account.accountId, on), account, { steps, onActs });
  await finishAccount(source, account.accountId);
}
