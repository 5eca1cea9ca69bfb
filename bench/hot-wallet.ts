import { inTurn, oneByOne, overHttp } from './consumptions';
import { figure, type Figure } from './figure';
import { CpuMeter } from './support/cpu';
import { openDatabase, openPool } from './support/database';
import { clients } from './support/load';
import { writeHistory } from './support/past';
import { openAccounts } from './support/people';
import { startService } from './support/program';
import { inTurns } from './support/rounds';
import type { Site } from './support/site';
import { assertVerified } from './support/verify';

const rounds = 3;
/** Agents that have used passes before, of all accounts. */
const regulars = 5_000;

/**
 * Consumptions per second on one wallet, through HTTP; against the same rows by one interactive
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
  const open = (slug: string, perRound: number) => {
    const agents = Math.ceil(((rounds + 1) * perRound) / accounts);
    return openAccounts(database, accounts, { slug, agents });
  };
  const grouped = await open('grouped', count.ours);
  const alone = await open('alone', count.baseline);
  await writeHistory(database, [...grouped, ...alone], Math.ceil(regulars / accounts));
  const service = await startService(site, database.url);
  const pool = openPool(site, database.url, clients);
  const ours = {
    agents: inTurn(grouped),
    count: count.ours,
    meter: await CpuMeter.open(database, service.pid),
  };
  const baseline = {
    agents: inTurn(alone),
    count: count.baseline,
    meter: await CpuMeter.open(database, process.pid),
  };
  const measured = await inTurns({
    rounds,
    unit: '/s',
    ours: () => overHttp(service.url, ours),
    baseline: () => oneByOne(pool, baseline),
  });
  await assertVerified(database);
  return measured;
}
