import { figure, type Figure } from './figure';
import { againstBase, baseTree } from './support/base-tree';
import { sellPasses } from './support/sell-passes';
import { openDatabase } from './support/database';
import { countTables, writeHistory } from './support/past';
import { openAccount } from './support/people';
import { PacedQueries } from './support/paced-queries';
import { root, startService } from './support/program';
import { quantile } from './support/rounds';
import { note, pause, type Site } from './support/site';
import { subscribe, Subscribers } from './support/subscribers';
import { megabytes, residentBytes, watchMemory } from './support/usage';
import { assertVerified } from './support/verify';

export interface MidnightPlan {
  passes: number;
  /** Subscribers of every end. */
  followers: number;
  /** Subscribers of their own gate. */
  gates: number;
  calmSeconds: number;
  /** Time for what is done after the sale and before the passes end. */
  marginMs: number;
}

const common = { gates: 90, calmSeconds: 10, marginMs: 25_000 };
const ofAll = { passes: 100_000, followers: 10, ...common };
const ofFollowers = { passes: 20_000, followers: 100, ...common };
/** Agents that have used passes before. */
const regulars = 2_000;

const expired = `subscription { dayPassExpired { cursor sequence occurredAt } }`;
const gateChanged = `subscription { portalAccessChanged { allowed ... on PortalAccessGranted { until } } }`;
const gateQuery = `{ viewer { portalAccess { allowed now } } }`;

/** Many passes that end at one instant. */
export function midnight(site: Site): Promise<Figure[]> {
  return compared(site, 'midnight', ofAll);
}

/** Fewer passes, and many subscribers of every end. */
export function midnightOfFollowers(site: Site): Promise<Figure[]> {
  return compared(site, 'midnight of followers', ofFollowers);
}

interface Midnight {
  seconds: number;
  memoryBefore: number;
  memoryPeak: number;
  /** Milliseconds of queries just before, and during it. */
  calm: readonly number[];
  busy: readonly number[];
  longestDelayMs: number;
}

/** The base commit first, then this tree, each with a database of its own. */
async function compared(site: Site, name: string, plan: MidnightPlan): Promise<Figure[]> {
  const base = baseTree(site.options.base);
  const theirs =
    base === null ? null : await site.part((part) => measureMidnight(part, plan, base));
  if (theirs) note(`base: ${theirs.seconds.toFixed(1)} s`);
  const ours = await site.part((part) => measureMidnight(part, plan, root));
  return figuresOf(site, { name, plan, ours, theirs });
}

/**
 * Passes of one account that all end at one instant: the time from then until the last event has
 * reached the last subscriber, and the service's memory and the duration of queries in that time.
 */
export async function measureMidnight(
  site: Site,
  plan: MidnightPlan,
  tree: string,
): Promise<Midnight> {
  const { followers, gates, calmSeconds } = plan;
  const database = await openDatabase(site);
  const count = site.scaled(plan.passes, Math.min(plan.passes, 2_000));
  const account = await openAccount(database, {
    slug: 'midnight',
    agents: count,
    timeZone: 'UTC',
    plan: 'none',
  });
  await writeHistory(database, [account], Math.min(regulars, count));
  const service = await startService(site, database.url, {}, tree);
  const endsAtMs = await sellPasses(site, database, { account, marginMs: plan.marginMs });
  await countTables(database);
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
  const ask = (end: Promise<unknown>) =>
    calmSeconds > 0 ? queries.until(end) : end.then(() => []);
  const untilMs = endsAtMs - Date.now() - 500;
  if (untilMs < 1_000) throw new Error('The passes ended before all was ready: raise marginMs.');
  await pause(Math.max(untilMs - calmSeconds * 1_000, 0));
  const calm = await ask(pause(endsAtMs - Date.now() - 500));
  const memoryBefore = residentBytes(service.pid);
  const memory = watchMemory(service.pid);
  await service.longestDelayMs();
  await pause(endsAtMs - Date.now());
  const startedAt = performance.now();
  const all = Promise.all([ends.reached(followers * count), doors.reached(2 * gates)]);
  const busy = await ask(all);
  const memoryPeak = memory.stop();
  const seconds = (Math.max(ends.lastAt, doors.lastAt) - startedAt) / 1_000;
  const longestDelayMs = await service.longestDelayMs();
  await assertVerified(database);
  return { seconds, memoryBefore, memoryPeak, calm, busy, longestDelayMs };
}

function figuresOf(
  site: Site,
  of: { name: string; plan: MidnightPlan; ours: Midnight; theirs: Midnight | null },
): Figure[] {
  const { name, plan, ours, theirs } = of;
  const { passes, followers, gates } = plan;
  const against = againstBase(site);
  return [
    figure({
      name,
      what: `${site.scaled(passes).toLocaleString('en')} passes end at once: until the last event of ${followers} subscribers of all and ${gates} gates`,
      against,
      unit: 's',
      ours: ours.seconds,
      baseline: theirs?.seconds ?? null,
      aim: 'at most 0.5, better 0.33',
      rounds: 1,
    }),
    figure({
      name: `${name}, memory`,
      what: 'the highest of the service in that time',
      against: 'just before',
      unit: 'MB',
      ours: megabytes(ours.memoryPeak),
      baseline: megabytes(ours.memoryBefore),
      aim: 'stated',
      rounds: 1,
    }),
    figure({
      name: `${name}, p99`,
      what: `of viewer.portalAccess in that time, ${PacedQueries.perSecond} per second (${quantile(ours.calm, 0.99).toFixed(1)} ms just before)`,
      against,
      unit: 'ms',
      ours: quantile(ours.busy, 0.99),
      baseline: theirs && quantile(theirs.busy, 0.99),
      aim: 'stated',
      rounds: 1,
    }),
  ];
}
