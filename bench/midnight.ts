import { figure, type Figure } from './figure';
import { sellPasses } from './support/sell-passes';
import { openDatabase } from './support/database';
import { openAccount } from './support/people';
import { PacedQueries } from './support/paced-queries';
import { startService } from './support/program';
import { quantile } from './support/rounds';
import { note, pause, type Site } from './support/site';
import { subscribe, Subscribers } from './support/subscribers';
import { megabytes, residentBytes, watchMemory } from './support/usage';

const passes = 100_000;
const followers = 10;
const gates = 90;
const calmSeconds = 10;
/** Time for what is done after the sale and before the passes end. */
const marginMs = 25_000;

const expired = `subscription { dayPassExpired { cursor sequence occurredAt } }`;
const gateChanged = `subscription { portalAccessChanged { allowed ... on PortalAccessGranted { until } } }`;
const gateQuery = `{ viewer { portalAccess { allowed now } } }`;

/**
 * Passes of one account that all end at one instant: from then until the last event has come to the
 * last subscriber, the service's memory meanwhile, and how long queries take meanwhile.
 */
export async function midnight(site: Site): Promise<Figure[]> {
  const database = await openDatabase(site);
  const count = site.scaled(passes, 2_000);
  const plan = { slug: 'midnight', agents: count, timeZone: 'UTC', plan: 'none' };
  const account = await openAccount(database, plan);
  const service = await startService(site, database.url);
  const endsAtMs = await sellPasses(site, database, { account, marginMs });
  note(`${count} passes end in ${Math.round((endsAtMs - Date.now()) / 1000)} s`);

  const ends = site.hold(new Subscribers(), (opened) => opened.close());
  const doors = site.hold(new Subscribers(), (opened) => opened.close());
  await ends.open(Array.from({ length: followers }), () =>
    subscribe(service.url, { bearer: account.admin.bearer, query: expired }),
  );
  await doors.open(account.agents.slice(0, gates), ({ bearer }) =>
    subscribe(service.url, { bearer, query: gateChanged }),
  );
  await doors.reached(gates);

  const bearers = account.agents.slice(gates, gates + 1_000).map(({ bearer }) => bearer);
  const queries = new PacedQueries(`${service.url}/graphql`, { query: gateQuery, bearers });
  site.hold(queries, (opened) => opened.close());
  const untilMs = endsAtMs - Date.now() - 500;
  if (untilMs < 2_000) throw new Error('The passes ended before all was ready: raise marginMs.');
  await pause(Math.max(untilMs - calmSeconds * 1_000, 0));
  const calm = await queries.until(pause(endsAtMs - Date.now() - 500));
  const before = residentBytes(service.pid);
  const memory = watchMemory(service.pid);
  await pause(endsAtMs - Date.now());
  const startedAt = performance.now();
  const all = Promise.all([ends.reached(followers * count), doors.reached(2 * gates)]);
  const busy = await queries.until(all);
  const peak = memory.stop();
  const seconds = (Math.max(ends.lastAt, doors.lastAt) - startedAt) / 1_000;
  return figuresOf({ seconds, peak, before, calm, busy });
}

function figuresOf(measured: {
  seconds: number;
  peak: number;
  before: number;
  calm: readonly number[];
  busy: readonly number[];
}): Figure[] {
  const { seconds, peak, before, calm, busy } = measured;
  const common = { aim: 'stated', rounds: 1 };
  return [
    figure({
      ...common,
      name: 'midnight',
      what: `${passes.toLocaleString('en')} passes end at once: until the last event of ${followers} who follow all and ${gates} gates`,
      against: null,
      unit: 's',
      ours: seconds,
      baseline: null,
    }),
    figure({
      ...common,
      name: 'midnight, memory',
      what: 'of the service at its most meanwhile',
      against: 'just before',
      unit: 'MB',
      ours: megabytes(peak),
      baseline: megabytes(before),
    }),
    figure({
      ...common,
      name: 'midnight, p99',
      what: `of viewer.portalAccess meanwhile, ${PacedQueries.perSecond} a second`,
      against: 'just before',
      unit: 'ms',
      ours: quantile(busy, 0.99),
      baseline: quantile(calm, 0.99),
    }),
  ];
}
