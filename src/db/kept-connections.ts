import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolConfig } from 'pg';

/** A new connection costs 20 to 80 ms of CPU until its first large statement has run. */
const keptByDefault = 2;
const idleMs = 5 * 60_000;
/** Between these, so that connections that were opened together are not closed together. */
const lifetimeSeconds = { least: 45 * 60, most: 75 * 60 };

/** Between tries to open and warm connections that failed; the pause doubles each time. */
const retryMs = { least: 100, most: 30_000 };

/**
 * Plans each prepared statement once. PostgreSQL would plan the ledger's again for every batch: it
 * believes that a plan for the values at hand is cheaper, and does not count what planning costs: a
 * batch needed 2.9 ms of its CPU, and 0.7 ms with a plan that is kept.
 */
const planOnce = 'set plan_cache_mode = force_generic_plan';
/**
 * A plan that is made while a table is empty stays until the table is analysed again. Writers read only
 * by keys, so their plans must use the index from the first row on. A query that needs a sequential
 * scan does not belong on such a connection.
 */
const byIndex = 'set enable_seqscan = off';

const afterConnect = (statements: string): PoolConfig => ({
  // By a statement: poolers refuse start-up options.
  onConnect: (client) => client.query(statements).then(() => {}),
});

/**
 * For connections whose statements are few and prepared. Lists and reports are planned for their
 * values: a filter that is not given must drop out of the plan.
 */
export const plannedOnce = afterConnect(planOnce);
/** The same for writers. */
export const plannedByIndex = afterConnect(`${planOnce}; ${byIndex}`);
/** No setting, in place of these. */
export const notPlanned: PoolConfig = { onConnect: () => Promise.resolve() };

/** How a pool of so many connections keeps them: `kept` stay open. */
export function keptConnections(size: number, kept = keptByDefault): PoolConfig {
  return {
    min: Math.min(kept, size),
    idleTimeoutMillis: idleMs,
    maxLifetimeSeconds: lifetimeSeconds.most,
  };
}

/**
 * Opens the connections that the pool keeps and runs `warm` on each; again when one of them ends, so
 * that no request waits for a new one. While the database does not answer, or refuses what warms a
 * connection, it is tried again after a growing pause.
 */
export function keepConnections(pool: Pool, warm: () => Promise<unknown>): void {
  spreadLifetimes(pool);
  const { min = 0 } = pool.options;
  let isFilling = false;
  const fill = async () => {
    if (isFilling) return;
    isFilling = true;
    for (let pauseMs = retryMs.least; !pool.ending; pauseMs = Math.min(pauseMs * 2, retryMs.most)) {
      // Together, so that each is on a connection of its own.
      const warmed = await Promise.allSettled(Array.from({ length: min }, warm));
      const isWarm = warmed.every(({ status }) => status === 'fulfilled');
      // A connection may have ended meanwhile.
      if (isWarm && pool.totalCount >= min) break;
      await pause(pauseMs, undefined, { ref: false });
    }
    isFilling = false;
  };
  pool.on('remove', () => {
    if (!pool.ending && pool.totalCount < min) void fill();
  });
  void fill();
}

/** The driver reads the option whenever it has opened a connection. */
function spreadLifetimes({ options }: Pool): void {
  const { least, most } = lifetimeSeconds;
  Object.defineProperty(options, 'maxLifetimeSeconds', {
    get: () => least + Math.random() * (most - least),
  });
}
