import type { DataSource } from 'typeorm';
import { readConfig } from '../core/config';
import { createDataSource } from '../db/data-source';
import { DatabaseClock } from '../db/database-clock';
import { pendingMigrations } from '../db/migrate';
import { borrowDatabase } from '../db/open-database';
import { loadSecrets, type Secrets } from '../db/secrets';

/** What a verb of the command line works on. */
export interface OpenService {
  url: string;
  source: DataSource;
  secrets: Secrets;
  clock: DatabaseClock;
}

/** Runs `work` on the service's database, whether the service runs or not, and releases it. */
export async function withDatabase<Result>(
  work: (open: OpenService) => Promise<Result>,
): Promise<Result> {
  const database = await borrowDatabase(readConfig());
  try {
    const source = await createDataSource(database.url).initialize();
    const clock = new DatabaseClock(source);
    try {
      if (await pendingMigrations(source)) {
        throw new Error('The database lacks migrations of this release. Run "daypass migrate".');
      }
      await clock.start();
      return await work({ url: database.url, source, secrets: await loadSecrets(source), clock });
    } finally {
      clock.stop();
      await source.destroy();
    }
  } finally {
    await database.close();
  }
}
