import { newId } from '../../src/core/ids';
import { createLog } from '../../src/core/log';
import { createWriterPool } from '../../src/db/writer-pool';
import { PastLedger } from '../../src/demo/past-ledger';
import { fastCommits } from '../../src/demo/make-demo';
import { localDayOf } from '../../src/time/local-day';
import { consumeCommand } from './consume-command';
import type { BenchDatabase } from './database';
import type { BenchAccount } from './people';

const dayMs = 86_400_000;
/** Days ago, newest last: each agent of a past has used a pass on each. */
const daysAgo = [20, 13, 6];
/** As many commands as share one batch, and as many passes as one `expire` ends. */
const partSize = 250;
const endedAtOnce = 1_000;
const accountsAtOnce = 8;

/**
 * Gives accounts a past, by the ledger itself: up to so many agents of each have used three passes.
 * Then counts the tables. So what is measured does not depend on whether autovacuum has been there.
 */
export async function writeHistory(
  database: BenchDatabase,
  accounts: readonly BenchAccount[],
  agentsOfEach: number,
): Promise<void> {
  const log = createLog({ logLevel: 'warn' });
  const pool = createWriterPool(database.url, accountsAtOnce, log, fastCommits);
  const left = [...accounts];
  const worker = async () => {
    for (let account = left.pop(); account; account = left.pop()) {
      const ledger = new PastLedger(account.accountId, { pool, log });
      await usePasses(database, { account, ledger, agentsOfEach });
    }
  };
  try {
    await Promise.all(Array.from({ length: accountsAtOnce }, worker));
  } finally {
    await pool.end();
  }
  await countTables(database);
}

/** Without it PostgreSQL plans for empty tables until autovacuum runs. */
export async function countTables({ source }: BenchDatabase): Promise<void> {
  const connection = source.createQueryRunner();
  try {
    // With other work on the machine it takes longer than a statement of the service may.
    await connection.query('set statement_timeout = 0');
    await connection.query('vacuum analyze');
    await connection.query('reset statement_timeout');
  } finally {
    await connection.release();
  }
}

async function usePasses(
  { source }: BenchDatabase,
  past: { account: BenchAccount; ledger: PastLedger; agentsOfEach: number },
): Promise<void> {
  const { account, ledger } = past;
  const [wallet]: { id: string }[] = await source.query(
    'select id from wallets where account_id = $1 and client_id is null',
    [account.accountId],
  );
  const agents = account.agents.slice(0, past.agentsOfEach);
  for (const days of daysAgo) {
    const nowMs = Date.now() - days * dayMs;
    const { timeZone } = account;
    const { localDate, endsAtMs } = localDayOf(nowMs, timeZone);
    for (let at = 0; at < agents.length; at += partSize) {
      const commands = agents
        .slice(at, at + partSize)
        .map(({ id: agentId }) =>
          consumeCommand({ agentId, walletId: wallet!.id, timeZone, localDate, endsAtMs }),
        );
      await ledger.at(nowMs, commands);
    }
    for (let ended = 0; ended < agents.length; ended += endedAtOnce) {
      await ledger.at(endsAtMs, [{ kind: 'expire', id: newId() }]);
    }
  }
}
