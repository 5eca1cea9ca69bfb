import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { AccountManager } from '../db/account-manager';
import { breakConnection } from '../db/bounded-client';

/** Thrown if a transaction of a follower takes longer than its bound. */
export class PageTookTooLong extends Error {
  /** The driver's message for a silent connection. */
  readonly code = 'ETIMEDOUT';
}

/**
 * One transaction within one account, which has a bound. After the bound its connection is broken: a
 * handler that is still at work then can write nothing, neither in the transaction nor after it.
 */
export async function inPageTransaction<Result>(
  { source, accountId, maxMs }: { source: DataSource; accountId: string; maxMs: number },
  work: (transaction: AccountManager) => Promise<Result>,
): Promise<Result> {
  const runner = source.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  try {
    await runner.startTransaction();
    const result = await within(maxMs, work(new AccountManager(runner.manager, accountId)));
    await runner.commitTransaction();
    return result;
  } catch (error) {
    if (error instanceof PageTookTooLong) breakConnection(client);
    // The first error is the one to report; a connection that is broken cannot roll back.
    await runner.rollbackTransaction().catch(() => {});
    throw error;
  } finally {
    await runner.release();
  }
}

async function within<Result>(maxMs: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new PageTookTooLong(`A page of entries took longer than ${maxMs} ms.`)),
      maxMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
