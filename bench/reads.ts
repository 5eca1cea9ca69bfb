import { figure, type Figure } from './figure';
import { overHttp } from './consumptions';
import { CpuMeter } from './support/cpu';
import { openDatabase } from './support/database';
import { answersPerSecond, clients, type Post } from './support/load';
import { countTables } from './support/past';
import { openAccount, type BenchAccount } from './support/people';
import { startBaseline, startService } from './support/program';
import { inTurns } from './support/rounds';
import type { Site } from './support/site';
import { assertVerified } from './support/verify';

const rounds = 3;
const secondsOfRound = 5;
const pageSize = 50;
const accountSize = 1_000;

/** The gate's answers per second: with notice and signed token, to agents who have no pass. */
export async function gate(site: Site): Promise<Figure[]> {
  const query = `{ viewer { portalAccess { allowed now
    ... on DayPassRequired { confirmation { token expiresAt notice passExpiresAt balance } } } } }`;
  const measured = await measureReads(site, {
    path: '/gate',
    posts: ({ agents }) =>
      agents.map(({ bearer }) => ({ bearer, body: JSON.stringify({ query }) })),
    isWhole: (answer) => answer.includes('"token"') && !answer.includes('"errors"'),
  });
  return [
    figure({
      name: 'gate',
      what: `viewer.portalAccess, ${clients} clients`,
      against: 'bare pg driver and Node http, the same rows in one statement, no bearer',
      unit: '/s',
      aim: 'stated',
      ...measured,
    }),
  ];
}

/** Pages of consumptions per second, each with its agent and its wallet. */
export async function page(site: Site): Promise<Figure[]> {
  const query = `{ dayPassConsumptions(first: ${pageSize}) { pageInfo { hasNextPage } edges { node {
    id source localDate timeZone startsAt expiresAt
    agent { id name email type } wallet { id name balance } } } } }`;
  const measured = await measureReads(site, {
    path: '/page',
    consumptions: true,
    posts: ({ admin }) => [{ bearer: admin.bearer, body: JSON.stringify({ query }) }],
    isWhole: (answer) => answer.includes('"hasNextPage":true') && !answer.includes('"errors"'),
  });
  return [
    figure({
      name: 'page',
      what: `a page of ${pageSize} consumptions with agents and wallets, ${clients} clients`,
      against: 'bare pg driver and Node http, the same rows in three statements, no bearer',
      unit: '/s',
      aim: 'stated',
      ...measured,
    }),
  ];
}

async function measureReads(
  site: Site,
  read: {
    path: string;
    consumptions?: boolean;
    posts: (account: BenchAccount) => Post[];
    isWhole: (answer: string) => boolean;
  },
) {
  const database = await openDatabase(site);
  const account = await openAccount(database, { slug: 'reads', agents: accountSize });
  const service = await startService(site, database.url);
  const baseline = await startBaseline(site, 'baseline/rows-server', {
    DATABASE_URL: database.url,
  });
  const posts = read.posts(account);
  const { accountId } = account;
  const bare = account.agents.map(({ id: agentId }) => ({
    bearer: 'none',
    body: JSON.stringify({ accountId, agentId, first: pageSize }),
  }));
  const meter = await CpuMeter.open(database, service.pid);
  const bareMeter = await CpuMeter.open(database, baseline.pid);
  if (read.consumptions) {
    await overHttp(service.url, { agents: [...account.agents], count: accountSize, meter });
  }
  await countTables(database);
  const seconds = Math.max(secondsOfRound * site.options.scale, 0.5);
  const { isWhole } = read;
  const measured = await inTurns({
    rounds,
    unit: '/s',
    ours: () => answersPerSecond(`${service.url}/graphql`, { posts, seconds, isWhole, meter }),
    baseline: () =>
      answersPerSecond(`${baseline.url}${read.path}`, {
        posts: bare,
        seconds,
        isWhole: (answer) => answer.startsWith('{"'),
        meter: bareMeter,
      }),
  });
  await assertVerified(database);
  return measured;
}
