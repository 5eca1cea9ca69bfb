import { overHttp } from './consumptions';
import { figure, type Figure } from './figure';
import { CpuMeter } from './support/cpu';
import { openDatabase, openPool, type BenchDatabase } from './support/database';
import { writePast } from './support/long-journal';
import { countTables } from './support/past';
import { openAccount } from './support/people';
import { startService } from './support/program';
import { inTurns } from './support/rounds';
import { note, type Site } from './support/site';

const rounds = 5;
const perRound = 3_000;
const shortJournal = 10_000;

/**
 * The time of a consumption in an account with a long journal, compared with a short one: the same
 * load in both, and every agent has used passes before.
 */
export async function history(site: Site): Promise<Figure[]> {
  const database = await openDatabase(site);
  const count = site.scaled(perRound, 100);
  const entries = site.scaled(site.options.entries, 2 * shortJournal);
  const agents = (rounds + 1) * count;
  const long = await openAccount(database, { slug: 'long', agents });
  const short = await openAccount(database, { slug: 'short', agents });
  const pool = openPool(site, database.url, 1);
  const startedAt = performance.now();
  await writePast(pool, long, entries);
  await writePast(pool, short, shortJournal);
  await countTables(database);
  note(`${entries} entries in ${Math.round((performance.now() - startedAt) / 1_000)} s`);

  const service = await startService(site, database.url);
  const meter = await CpuMeter.open(database, service.pid);
  const time = async (people: typeof long.agents) => {
    const { value, cpu } = await overHttp(service.url, { agents: people, count, meter });
    return { value: 1_000 / value, cpu };
  };
  const measured = await inTurns({
    rounds,
    unit: 'ms',
    ours: () => time(long.agents),
    baseline: () => time(short.agents),
  });
  await assertContinues(database);
  return [
    figure({
      name: 'history',
      what: `a consumption with ${entries.toLocaleString('en')} entries in the journal, under the hot wallet's load`,
      against: `with ${shortJournal.toLocaleString('en')}`,
      unit: 'ms',
      aim: 'at most 1.3',
      ...measured,
    }),
  ];
}

/** `daypass verify` would refuse the hashes of a past that SQL wrote. */
async function assertContinues({ source }: BenchDatabase): Promise<void> {
  const broken: unknown[] = await source.query(
    `select w.account_id from wallets w
     join journal_entries last on last.account_id = w.account_id and last.sequence = w.last_sequence
     where last.hash <> w.last_hash or w.last_sequence <>
       (select count(*) from journal_entries e where e.account_id = w.account_id)`,
  );
  if (broken.length > 0) throw new Error(`Journals do not continue: ${JSON.stringify(broken)}`);
}
