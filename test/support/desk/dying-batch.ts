import type { Pool, PoolClient } from 'pg';
import type { BoundedClient } from '../../../src/db/bounded-client';
import type { NamedStatement } from '../../../src/db/statement-group';
import { kernel } from '../../../src/ledger/decide';
import { begin, commit, runBatch, type Batch } from '../../../src/ledger/writer/run-batch';

export type BatchFault = 'its connection is killed' | 'its transaction fails';

const faults: Readonly<Record<BatchFault, string>> = {
  'its connection is killed': 'select pg_terminate_backend(pg_backend_pid())',
  'its transaction fails': 'select 1 / 0',
};

/** What batches have sent so far, by the names of the statements. */
const known = new Map<string, NamedStatement>();

/**
 * Runs a batch as a writer does, once, with a fault right after the statement of that number. Returns
 * how many statements the batch has; without a fault, it is committed. Statements that an earlier batch
 * has sent are prepared first: then a batch sends them in groups.
 */
export async function runBatchUntil(
  pool: Pool,
  batch: Batch,
  { at, fault }: { at: number; fault: BatchFault } = { at: 0, fault: 'its transaction fails' },
): Promise<number> {
  let sent = 0;
  const connect = async () => {
    const client = (await pool.connect()) as PoolClient & BoundedClient;
    await prepareKnown(client);
    const sendGroup = client.queryGroup.bind(client);
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    const release = client.release.bind(client);
    const counted = (...given: unknown[]) => {
      const [statement] = given as [NamedStatement | string];
      if (typeof statement === 'object') known.set(statement.name, statement);
      const answer = query(...given);
      sent += 1;
      // The answer is lost with the fault, also that of the commit.
      return sent === at ? Promise.all([answer, query(faults[fault])]) : answer;
    };
    const queryGroup: BoundedClient['queryGroup'] = (statements) => {
      const left = at - sent;
      sent += statements.length;
      if (left < 1 || left > statements.length) return sendGroup(statements);
      sent = at;
      // PostgreSQL runs none of the statements after a fault.
      return Promise.all([sendGroup(statements.slice(0, left)), query(faults[fault])]) as never;
    };
    return Object.assign(client, { query: counted, queryGroup, release: () => release(true) });
  };
  const running = runBatch({ connect } as unknown as Pool, kernel, batch);
  if (at === 0) await running;
  else await expect(running).rejects.toThrow();
  return sent;
}

/** Prepares the statements on a new connection, as the driver would. */
async function prepareKnown(client: PoolClient): Promise<void> {
  for (const statement of [begin, commit]) await client.query(statement);
  const { connection } = client as unknown as {
    connection: { parsedStatements: Record<string, string> };
  };
  for (const { name, text } of known.values()) {
    if (connection.parsedStatements[name] === text) continue;
    await client.query(`prepare "${name}" as ${text}`);
    connection.parsedStatements[name] = text;
  }
}
