import { InvalidArgumentError, type Command } from 'commander';
import { readConfig } from '../core/config';
import { adoptAuditEvents } from '../db/adopt-audit-events';
import type { Distribution } from '../db/cluster/distribute-tables';
import { distributeDatabase, migrate } from '../db/migrate';
import { borrowDatabase } from '../db/open-database';

interface Options {
  json?: boolean;
  adoptAudit?: boolean;
  distribute?: boolean;
  shards?: number;
}

/** What the verb did; what was not asked for is left out. */
interface Done {
  ran: string[];
  adopted?: number;
  distribution?: Distribution;
}

/** Citus accepts 64,000; an account is on one shard, and each shard costs every connection memory. */
const shardsMax = 1_024;

/** `daypass migrate`: migrates the database to this release's schema, and reports what it did. */
export function addMigrateVerb(program: Command): void {
  program
    .command('migrate')
    .description('Run the migrations of this release that the database lacks.')
    .option(
      '--adopt-audit',
      'seal the audit events that the previous release wrote just before it stopped',
    )
    .option(
      '--distribute',
      'experimental: distribute the tables by account over a cluster with the extension Citus',
    )
    .option('--shards <n>', 'with --distribute: the number of shards, at most 1,024', shardCount)
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => {
      if (options.shards !== undefined && !options.distribute) {
        throw new Error('--shards needs --distribute.');
      }
      const done = await run(options);
      process.stdout.write(`${options.json ? JSON.stringify(done) : describe(done)}\n`);
    });
}

async function run({ adoptAudit, distribute, shards }: Options): Promise<Done> {
  const config = readConfig();
  const database = await borrowDatabase(config);
  try {
    const more: Omit<Done, 'ran'> = {};
    const ran = await migrate(
      config.directUrl ?? database.url,
      async (source, owner) => {
        if (adoptAudit) more.adopted = await adoptAuditEvents(source, { all: true });
        if (distribute) {
          more.distribution = await distributeDatabase({ owner, source }, shards ?? null);
        }
      },
      config.migrationUrl,
    );
    return { ran, ...more };
  } finally {
    await database.close();
  }
}

function describe({ ran, adopted, distribution }: Done): string {
  const parts = [ran.length > 0 ? `Ran ${ran.join(', ')}.` : 'Nothing to do.'];
  if (adopted !== undefined) parts.push(`Sealed ${adopted} audit events.`);
  if (distribution) {
    const { distributed, reference } = distribution;
    const isNew = distributed.length + reference.length > 0;
    parts.push(
      isNew
        ? `Distributed by account: ${distributed.join(', ') || 'no table'}. ` +
            `Reference tables: ${reference.join(', ') || 'no table'}.`
        : 'All tables are distributed already.',
    );
  }
  return parts.join(' ');
}

function shardCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= shardsMax) return count;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${shardsMax}.`);
}
