import type { Command } from 'commander';
import { readConfig } from '../core/config';
import { migrate } from '../db/migrate';
import { borrowDatabase } from '../db/open-database';

/** `daypass migrate`: brings the database to this release's schema, and says what it did. */
export function addMigrateVerb(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database to the newest migration.')
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: boolean }) => {
      const database = await borrowDatabase(readConfig());
      try {
        const ran = await migrate(database.url);
        const text = ran.length ? `Ran ${ran.join(', ')}.` : 'Nothing to do.';
        process.stdout.write(`${options.json ? JSON.stringify({ ran }) : text}\n`);
      } finally {
        await database.close();
      }
    });
}
