import type { Pool, PoolConfig } from 'pg';

/** A new connection costs 20 to 80 ms of CPU until its first large statement has run. */
const keptMax = 2;
const idleMs = 5 * 60_000;
/** Between these, so that connections that were opened together are not closed together. */
const lifetimeSeconds = { least: 45 * 60, most: 75 * 60 };

/**
 * Plans each prepared statement once. PostgreSQL would plan the ledger's again for every batch: it
 * believes that a plan for the values at hand is cheaper, and does not count what planning costs.
 */
const planOnce = 'set plan_cache_mode = force_generic_plan';
/**
 * A plan that is made while a table is empty stays until the table is analysed again. All that a writer
 * asks is by a key, so its plans must use the index from the first row on.
 */
const byIndex = 'set enable_seqscan = off';

/** What is set on every connection. By statements: poolers refuse start-up options. */
const sessions = { reads: planOnce, writes: `${planOnce}; ${byIndex}` };

/** How a pool of so many connections keeps them. */
export function keptConnections(size: number, kind: keyof typeof sessions): PoolConfig {
  return {
    min: Math.min(keptMax, size),
    idleTimeoutMillis: idleMs,
    maxLifetimeSeconds: lifetimeSeconds.most,
    onConnect: (client) => client.query(sessions[kind]).then(() => {}),
  };
}

/**
 * Opens the connections that the pool keeps and runs `warm` on each; again when one of them ends, so
 * that no request waits for a new one. Without effect while the database does not answer.
 */
export function keepConnections(pool: Pool, warm: () => Promise<unknown>): void {
  spreadLifetimes(pool);
  const { min = 0 } = pool.options;
  let isFilling = false;
  let hasEndedMeanwhile = false;
  const fill = async () => {
    if (isFilling) return;
    isFilling = true;
    let isAlive: boolean;
    do {
      hasEndedMeanwhile = false;
      // Together, so that each is on a connection of its own.
      const warmed = await Promise.allSettled(Array.from({ length: min }, warm));
      // One of them may have been given a connection that was about to end. If all have failed, the
      // database does not answer, and the next connection that ends tries again.
      isAlive = warmed.some(({ status }) => status === 'fulfilled');
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `remove` may have set it.
    } while (isAlive && hasEndedMeanwhile && isShort());
    isFilling = false;
  };
  const isShort = () => !pool.ending && pool.totalCount < min;
  pool.on('remove', () => {
    hasEndedMeanwhile = true;
    if (isShort()) void fill();
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
