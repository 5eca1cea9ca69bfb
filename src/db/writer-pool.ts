import { Pool, type PoolConfig } from 'pg';
import type { Log } from '../core/log';
import { connectionBounds, isEnding } from './data-source';
import { keptConnections, plannedByIndex } from './kept-connections';

/**
 * The connections of the ledger's writers, apart from those of reads, so that neither starves the
 * other. Their time-outs make a frozen writer release its account.
 */
export function createWriterPool(url: string, size: number, log: Log, more: PoolConfig = {}): Pool {
  const pool = new Pool(
    writerPoolOptions(url, size, { ...keptConnections(size), ...plannedByIndex, ...more }),
  );
  watchBrokenConnections(pool, log);
  return pool;
}

export function writerPoolOptions(url: string, size: number, more: PoolConfig): PoolConfig {
  return {
    connectionString: url,
    max: size,
    application_name: 'daypass writer',
    // A batch sends statements together if they do not need each other's answers: two round trips
    // instead of eleven.
    pipeline: true,
    ...connectionBounds(),
    ...more,
  };
}

/** Connections break outside every query, too. */
export function watchBrokenConnections(pool: Pool, log: Log): void {
  // The pool removes an idle connection that breaks; without a listener its error ends the process.
  pool.on('error', (error) => {
    if (!isEnding(pool)) log.warn({ err: error }, 'an idle writer connection broke');
  });
  // So does a connection that breaks between two statements of a batch; the batch's next statement
  // reports it.
  pool.on('connect', (client) => client.on('error', () => {}));
}
