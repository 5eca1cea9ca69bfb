import { inTurn, oneByOne, overHttp } from './consumptions';
import { figure, type Figure } from './figure';
import { assertBooksClose, openDatabase, openPool } from './support/database';
import { clients } from './support/load';
import { openAccounts } from './support/people';
import { startService } from './support/program';
import { inTurns } from './support/rounds';
import type { Site } from './support/site';

const rounds = 3;

/**
 * Consumptions a second on one wallet, through HTTP; against the same rows by one interactive
 * transaction each over as many pooled connections, with no HTTP.
 */
export async function hotWallet(site: Site): Promise<Figure[]> {
  const measured = await measureConsumptions(site, { accounts: 1, ours: 10_000, baseline: 3_000 });
  return [
    figure({
      name: 'hot wallet',
      what: `consumptions on one wallet, ${clients} clients over HTTP`,
      against: 'one interactive transaction each, no HTTP',
      unit: '/s',
      aim: 'at least 3, better 5',
      ...measured,
    }),
  ];
}

/** The same load over so many accounts; `ours` and `baseline` are consumptions in one round. */
export async function measureConsumptions(
  site: Site,
  sizes: { accounts: number; ours: number; baseline: number },
) {
  const database = await openDatabase(site);
  const accounts = site.scaled(sizes.accounts);
  const count = {
    ours: site.scaled(sizes.ours, accounts),
    baseline: site.scaled(sizes.baseline, accounts),
  };
  const agentsFor = async (slug: string, perRound: number) => {
    const agents = Math.ceil(((rounds + 1) * perRound) / accounts);
    return inTurn(await openAccounts(database, accounts, { slug, agents }));
  };
  const grouped = await agentsFor('grouped', count.ours);
  const alone = await agentsFor('alone', count.baseline);
  const service = await startService(site, database.url);
  const pool = openPool(site, database.url, clients);
  const measured = await inTurns({
    rounds,
    unit: '/s',
    ours: () => overHttp(service.url, grouped, count.ours),
    baseline: () => oneByOne(pool, alone, count.baseline),
  });
  await assertBooksClose(database.source);
  return measured;
}
