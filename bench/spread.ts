import { figure, type Figure } from './figure';
import { measureConsumptions } from './hot-wallet';
import { clients } from './support/load';
import type { Site } from './support/site';

const accounts = 500;

/**
 * The hot wallet's load over many accounts: a batch never contains two accounts, so little is
 * grouped.
 */
export async function spread(site: Site): Promise<Figure[]> {
  const measured = await measureConsumptions(site, { accounts, ours: 8_000, baseline: 5_000 });
  return [
    figure({
      name: 'spread',
      what: `the same over ${accounts} accounts, ${clients} clients over HTTP`,
      against: 'one interactive transaction each, spread the same way, no HTTP',
      unit: '/s',
      aim: 'stated; better 1',
      ...measured,
    }),
  ];
}
