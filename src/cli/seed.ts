import { Option, type Command } from 'commander';
import { readConfig } from '../core/config';
import { createLog } from '../core/log';
import { migrate } from '../db/migrate';
import { borrowDatabase } from '../db/open-database';
import { loadSecrets } from '../db/secrets';
import { makeDemo } from '../demo/make-demo';
import { seedDemo } from '../demo/seed-demo';
import type { SeedTarget } from '../demo/seed-target';
import { seedLarge } from '../demo/seed-large';
import { seedExamplePrices } from '../purchases/example-prices';
import { createProgress } from './progress';

interface Options {
  size: 'small' | 'large';
  json?: boolean;
}

/** What a seed answers: a sentence for people, and numbers for programs. */
interface Answer {
  said: string;
  facts: Record<string, unknown>;
}

/** `daypass seed`: makes the demo, or accounts to measure with, beside a running service too. */
export function addSeedVerb(program: Command): void {
  const size = new Option(
    '--size <size>',
    'small: the demo MSPs; large: 50 accounts for measurements',
  )
    .choices(['small', 'large'])
    .default('small');
  program
    .command('seed')
    .description('Create made-up accounts in the database, unless they exist.')
    .addOption(size)
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => {
      const config = readConfig();
      const database = await borrowDatabase(config);
      try {
        let answer: Answer | undefined;
        // Under the set-up lock: a service that starts meanwhile waits and finds it done.
        await migrate(
          database.url,
          async (source) => {
            await loadSecrets(source);
            await seedExamplePrices(source);
            const target = { source, url: database.url, log: createLog(config) };
            answer = await (options.size === 'large' ? large(target) : small(target));
          },
          config.migrationUrl,
        );
        const text = options.json ? JSON.stringify(answer?.facts) : answer?.said;
        process.stdout.write(`${text}\n`);
      } finally {
        await database.close();
      }
    });
}

async function small(target: SeedTarget): Promise<Answer> {
  const isMade = await makeDemo(target);
  const said = isMade
    ? 'The demo MSPs were created.'
    : 'The demo MSPs exist already. Nothing to do.';
  return { said, facts: { size: 'small', made: isMade } };
}

async function large(target: SeedTarget): Promise<Answer> {
  // An empty database gets the demo, too: the next start would no longer find it empty.
  await seedDemo(target);
  const progress = createProgress('entries');
  const startedAt = performance.now();
  const onProgress = (entries: number, of: number) => progress.show(entries, of);
  const made = await seedLarge(target, { onProgress }).finally(() => progress.end());
  if (!made) {
    const said = 'The large accounts exist already. Nothing to do.';
    return { said, facts: { size: 'large', made: false } };
  }
  const seconds = Number(((performance.now() - startedAt) / 1_000).toFixed(1));
  const { accounts, agents, entries } = made;
  return {
    said: `Created ${accounts} accounts, ${agents} agents and ${entries} entries in ${seconds} s.`,
    facts: { size: 'large', made: true, ...made, seconds },
  };
}
