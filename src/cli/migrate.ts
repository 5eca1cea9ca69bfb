import type { Command } from 'commander';
import { readConfig } from '../core/config';
import { adoptAuditEvents } from '../db/adopt-audit-events';
import { migrate } from '../db/migrate';
import { borrowDatabase } from '../db/open-database';

/** `daypass migrate`: migrates the database to this release's schema, and reports what it did. */
export function addMigrateVerb(program: Command): void {
  program
    .command('migrate')
    .description('Run the migrations of this release that the database lacks.')
    .option(
      '--adopt-audit',
      'seal the audit events that the previous release wrote just before it stopped',
    )
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: boolean; adoptAudit?: boolean }) => {
      const config = readConfig();
      const database = await borrowDatabase(config);
      try {
        let adopted = 0;
        const ran = await migrate(
          database.url,
          async (source) => {
            if (options.adoptAudit) adopted = await adoptAuditEvents(source, { all: true });
          },
          config.migrationUrl,
        );
        const sealed = options.adoptAudit ? ` Sealed ${adopted} audit events.` : '';
        const text = ran.length ? `Ran ${ran.join(', ')}.` : 'Nothing to do.';
        const done = options.adoptAudit ? { ran, adopted } : { ran };
        process.stdout.write(`${options.json ? JSON.stringify(done) : `${text}${sealed}`}\n`);
      } finally {
        await database.close();
      }
    });
}
