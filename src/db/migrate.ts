import type { DataSource } from 'typeorm';
import { adoptAuditEvents } from './adopt-audit-events';
import { createDataSource } from './data-source';
import { migrateJobs } from './jobs';

/** The advisory lock under which replicas migrate, make their secrets and seed: 'daypass' in ASCII. */
const setUpLock = 0x64_61_79_70_61_73n;

/**
 * Brings the database at `url` to the newest migration, then runs `then` on the same connections,
 * all under one advisory lock, so that replicas which start together do it once. Answers the names
 * of the migrations that ran.
 */
export async function migrate(
  url: string,
  then: (source: DataSource) => Promise<void> = async () => {},
): Promise<string[]> {
  // A migration may take longer than any request: the bounds of requests do not hold here.
  const source = createDataSource(url, 4, { connectionTimeoutMillis: 5_000 });
  await source.initialize();
  try {
    const lock = source.createQueryRunner();
    await lock.query('select pg_advisory_lock($1)', [String(setUpLock)]);
    try {
      const ran = await source.runMigrations();
      await migrateJobs(url);
      await adoptAuditEvents(source);
      await then(source);
      return ran.map((migration) => migration.name);
    } finally {
      await lock.query('select pg_advisory_unlock($1)', [String(setUpLock)]);
      await lock.release();
    }
  } finally {
    await source.destroy();
  }
}

/** Whether there are migrations that the database has not had yet. */
export async function pendingMigrations(source: DataSource): Promise<boolean> {
  return source.showMigrations();
}
