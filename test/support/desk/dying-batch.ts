import type { Pool } from 'pg';
import { kernel } from '../../../src/ledger/decide';
import { runBatch, type Batch } from '../../../src/ledger/writer/run-batch';

export type BatchFault = 'its connection is killed' | 'its transaction fails';

const faults: Readonly<Record<BatchFault, string>> = {
  'its connection is killed': 'select pg_terminate_backend(pg_backend_pid())',
  'its transaction fails': 'select 1 / 0',
};

/**
 * Runs a batch as a writer does, once, with a fault right after the statement of that number. Returns
 * how many statements the batch has; without a fault, it is committed.
 */
export async function runBatchUntil(
  pool: Pool,
  batch: Batch,
  { at, fault }: { at: number; fault: BatchFault } = { at: 0, fault: 'its transaction fails' },
): Promise<number> {
  let sent = 0;
  const connect = async () => {
    const client = await pool.connect();
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    const release = client.release.bind(client);
    const counted = (...given: unknown[]) => {
      const answer = query(...given);
      sent += 1;
      // The answer is lost with the fault, also that of the commit.
      return sent === at ? Promise.all([answer, query(faults[fault])]) : answer;
    };
    return Object.assign(client, { query: counted, release: () => release(true) });
  };
  const running = runBatch({ connect } as unknown as Pool, kernel, batch);
  if (at === 0) await running;
  else await expect(running).rejects.toThrow();
  return sent;
}
