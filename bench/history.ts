import { overHttp } from './consumptions';
import { figure, type Figure } from './figure';
import { openDatabase, openPool } from './support/database';
import { writePast } from './support/long-journal';
import { openAccount } from './support/people';
import { startService } from './support/program';
import { inTurns } from './support/rounds';
import { note, type Site } from './support/site';

const rounds = 5;
const perRound = 3_000;
const shortJournal = 10_000;

/**
 * The time of a consumption in an account with a long journal, against one with a short: the same
 * load in both, and everybody who comes has come before.
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
  for (const table of ['journal_entries', 'consumptions'])
    await pool.query(`vacuum analyze ${table}`);
  note(`${entries} entries in ${Math.round((performance.now() - startedAt) / 1_000)} s`);

  const service = await startService(site, database.url);
  const time = async (people: typeof long.agents) => {
    return 1_000 / (await overHttp(service.url, people, count));
  };
  const measured = await inTurns({
    rounds,
    unit: 'ms',
    ours: () => time(long.agents),
    baseline: () => time(short.agents),
  });
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
