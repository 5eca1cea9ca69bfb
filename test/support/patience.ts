/**
 * Nothing that a test waits for takes this long, even on a machine at a quarter of the usual speed,
 * unless it never comes. Every bound of a test is a bound on hangs, and is this one.
 */
export const hangMs = 120_000;
/** Between two looks: soon after each other at first, and seldom if it takes long, as a look costs. */
const lookMs = { first: 25, longest: 250, growth: 1.5 };

/** Tries until it no longer throws; after the bound, what it threw last. */
export async function eventually<Result>(attempt: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + hangMs;
  for (let pauseMs = lookMs.first; ; pauseMs = Math.min(pauseMs * lookMs.growth, lookMs.longest)) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/** Rejects if `promise` is not settled within the bound. */
export async function bounded<Value>(promise: Promise<Value>, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It did not happen in time: ${what}.`)), hangMs);
    // What is left waiting at the end of a file does not keep jest from ending.
    timer.unref();
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The service's own time-outs, so long that none decides a test: a test of something else must not
 * fail because the machine is busy. A test of a time-out sets that one short.
 */
export const longWaits = {
  DAYPASS_CONNECTION_WAIT_MS: '90000',
  DAYPASS_LOCK_WAIT_MS: '90000',
  DAYPASS_STATEMENT_MS: '100000',
  DAYPASS_QUEUE_WAIT_MS: '100000',
  DAYPASS_ANSWER_MS: '110000',
  DAYPASS_REQUEST_MS: '110000',
  DAYPASS_SOCKET_INIT_MS: '60000',
  DAYPASS_HEARTBEAT_MS: '90000',
  DAYPASS_STALLED_MS: '90000',
};

/** The same for connections of a test's own. */
export const longBounds = { connectionMs: 90_000, lockMs: 90_000, statementMs: 100_000 };

/**
 * Runs work that must begin before a short time is over (a credential's life, the rest of a day),
 * again with more time if that was too short for this machine. Returns its result.
 */
export async function withEnoughTime<Result>(
  run: (lifeMs: number) => Promise<Result>,
  firstMs = 2_000,
): Promise<Result> {
  for (const lifeMs of [firstMs, 4 * firstMs]) {
    try {
      return await run(lifeMs);
    } catch {
      // Too late, or broken: then the last run reports how.
    }
  }
  return run(16 * firstMs);
}
