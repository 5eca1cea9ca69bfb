import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser } from '../test/support/browser/browser';
import { unpackChromium } from '../test/support/browser/run-chromium';
import { RunHost } from '../test/support/jest/run-host';
import { figure, type Figure } from './figure';
import { overHttp } from './consumptions';
import { openBigDesk, type BigDesk } from './support/big-desk';
import { CpuMeter } from './support/cpu';
import { openDatabase } from './support/database';
import { pageActs, type PageAct } from './support/page-acts';
import { startService } from './support/program';
import { median } from './support/rounds';
import { note, type Site } from './support/site';

const rounds = 7;
/** Acts with a ratio above this are measured again and longer: the highest of 35 short ones depends on chance. */
const isSlowFrom = 2.5;
const roundsOfSlow = 21;
const agentsOfDesk = 5_000;
/** Agents who are in while the pages are measured. */
const agentsIn = 30;
const recorder = readFileSync(path.join(__dirname, 'support/page-recorder.cjs'), 'utf8');

interface Taken {
  act: PageAct;
  pageMs: number;
  httpMs: number;
  requests: number;
  rounds: number;
}

/**
 * How long pages and their filters take in a real browser, from the click until the rows are painted,
 * beside the same queries over HTTP: those that the page sent, all at once, by the same browser.
 */
export async function pages(site: Site): Promise<Figure[]> {
  const database = await openDatabase(site);
  const desk = await openBigDesk(database, site.scaled(agentsOfDesk, 60));
  const service = await startService(site, database.url);
  const meter = await CpuMeter.open(database, service.pid);
  await overHttp(service.url, { agents: [...desk.agents], count: agentsIn, meter });
  await changeAgents(service.url, desk);
  const taken = await measureAll(site, service.url, desk);
  const byRatio = taken.toSorted((a, b) => a.pageMs / a.httpMs - b.pageMs / b.httpMs);
  const typical = byRatio[Math.floor(byRatio.length / 2)]!;
  const slowest = byRatio.at(-1)!;
  const common = {
    unit: 'ms' as const,
    against: 'the same queries over HTTP, at once, from the same browser',
  };
  return [
    figure({
      ...common,
      name: 'pages, typical',
      what: `from the click to the painted rows; the median of ${taken.length} pages and filters: ${typical.act.name}`,
      rounds: typical.rounds,
      ours: typical.pageMs,
      baseline: typical.httpMs,
      aim: 'at most 3',
    }),
    figure({
      ...common,
      name: 'pages, slowest',
      what: `the one with the highest ratio: ${slowest.act.name}`,
      rounds: slowest.rounds,
      ours: slowest.pageMs,
      baseline: slowest.httpMs,
      aim: 'at most 3',
    }),
  ];
}

/** Opens a window with the admin's sign-in, and measures one act after another, in rounds. */
async function measureAll(site: Site, url: string, desk: BigDesk): Promise<Taken[]> {
  const page = await openPage(site, url, desk.admin.bearer);
  const acts = pageActs(await findIds(url, desk));
  const taken: Taken[] = [];
  for (const act of acts) taken.push(await measureAct(page, url, { act, rounds }));
  const isSlow = ({ pageMs, httpMs }: Taken) => pageMs / httpMs > isSlowFrom;
  note(`again, ${roundsOfSlow} rounds each: ${taken.filter(isSlow).length}`);
  for (const [at, one] of taken.entries()) {
    if (!isSlow(one)) continue;
    taken[at] = await measureAct(page, url, { act: one.act, rounds: roundsOfSlow });
  }
  return taken;
}

async function measureAct(
  page: Page,
  url: string,
  { act, rounds }: { act: PageAct; rounds: number },
): Promise<Taken> {
  const pageMs: number[] = [];
  const httpMs: number[] = [];
  let requests = 0;
  // The first round fills the browser's cache of scripts.
  for (let round = 0; round <= rounds; round += 1) {
    await page.goto(url + act.from);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate('recorder.quiet()');
    const call = act.act.replace(/^(\w+)\(/, (_, name) => `recorder.measure('${name}', `);
    const { ms, ...of } = await page.evaluate<{ ms: number; requests: number }>(call);
    const alone = await page.evaluate<number>('recorder.replay()');
    requests = of.requests;
    if (round === 0) continue;
    pageMs.push(ms);
    httpMs.push(alone);
  }
  const [ours, theirs] = [median(pageMs), median(httpMs)];
  const of = `${requests} ${requests === 1 ? 'query' : 'queries'}`;
  const ratio = (ours / theirs).toFixed(1);
  note(`${act.name}: ${ours.toFixed(0)} ms, ${of} ${theirs.toFixed(0)} ms: ${ratio} times`);
  return { act, pageMs: ours, httpMs: theirs, requests, rounds };
}

export async function openPage(site: Site, url: string, bearer: string): Promise<Page> {
  const host = site.hold(new RunHost({ chromium: unpackChromium }), (held) => held.close());
  await host.listen();
  const { browser, close } = await startBrowser({ isMeasured: true });
  site.hold(close, (end) => end());
  const context = await browser.newContext({
    locale: 'en-GB',
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  await page.goto(`${url}/healthz`);
  const session = JSON.stringify(JSON.stringify({ bearer }));
  await page.evaluate(`sessionStorage.setItem('daypass.session', ${session})`);
  await context.addInitScript(recorder);
  return page;
}

/** An agent and a client with passes, and the month before the present one. */
export async function findIds(url: string, { admin }: BigDesk) {
  const query = `{ account { now } dayPassConsumptions(filter: {source: TICKET}, first: 1) {
    edges { node { agent { id } client { id } } } } }`;
  const { account, dayPassConsumptions } = await ask(url, admin.bearer, { query });
  const { agent, client } = dayPassConsumptions.edges[0].node;
  const [year, month] = account.now.split('-').map(Number);
  const day = (of: Date) => of.toISOString().slice(0, 10);
  const from = day(new Date(Date.UTC(year, month - 2, 1)));
  const to = day(new Date(Date.UTC(year, month - 1, 0)));
  return { agent: agent.id, client: client.id, month: `${from}/${to}` };
}

/** So many changes that the audit trail has several pages. */
const changes = 100;

export async function changeAgents(url: string, { admin }: BigDesk): Promise<void> {
  const query = `query($first: Int) { agents(first: $first, filter: {type: OCCASIONAL}) {
    edges { node { id } } } }`;
  const { agents } = await ask(url, admin.bearer, { query, variables: { first: changes } });
  for (const { node } of agents.edges) {
    await ask(url, admin.bearer, {
      query: `mutation($input: UpdateAgentInput!) { updateAgent(input: $input) { userErrors { code } } }`,
      variables: { input: { agentId: node.id, sections: ['TICKETS', 'ASSETS'] } },
    });
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of queries that are texts here.
async function ask(url: string, bearer: string, body: object): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
