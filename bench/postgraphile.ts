import { existsSync } from 'node:fs';
import path from 'node:path';
import { overHttp, take, type Consumptions } from './consumptions';
import { figure, type Figure } from './figure';
import { run } from './support/base-tree';
import { CpuMeter, type Sample } from './support/cpu';
import { openDatabase, type BenchDatabase } from './support/database';
import { answersPerSecond, clients, eachClient, withConnections } from './support/load';
import { writeHistory } from './support/past';
import { openAccount } from './support/people';
import { root, startBaseline, startService, type RunningProgram } from './support/program';
import { inTurns } from './support/rounds';
import type { Site } from './support/site';
import { assertVerified } from './support/verify';

const rounds = 3;
const secondsOfRound = 5;
const pageSize = 50;
const accountSize = 1_000;
const consumptionsOfRound = { ours: 5_000, baseline: 5_000 };
/** The account that PostGraphile writes in. */
const plain = 'plain';

/** PostGraphile's own list: equal documents, five scalar fields of 50 rows, both over HTTP. */
export async function plainList(site: Site): Promise<Figure[]> {
  const database = await openDatabase(site);
  const account = await openAccount(database, { slug: 'reads', agents: accountSize });
  await writeHistory(database, [account], accountSize);
  const { daypass, postgraphile } = await startBoth(site, database);
  const fields = 'source localDate timeZone startsAt expiresAt';
  const query = `{ dayPassConsumptions(first: ${pageSize}) { edges { node { ${fields} } } } }`;
  const load = {
    posts: [{ bearer: account.admin.bearer, body: JSON.stringify({ query }) }],
    seconds: Math.max(secondsOfRound * site.options.scale, 0.5),
    isWhole: (answer: string) =>
      answer.split('"expiresAt"').length === pageSize + 1 && !answer.includes('"errors"'),
  };
  const measured = await inTurns({
    rounds,
    unit: '/s',
    ours: () => answersPerSecond(`${daypass.url}/graphql`, { ...load, meter: daypass.meter }),
    baseline: () => answersPerSecond(postgraphile.url, { ...load, meter: postgraphile.meter }),
  });
  await assertVerified(database);
  return [
    figure({
      name: 'PostGraphile, list',
      what: `${pageSize} consumptions with five scalar fields, ${clients} clients`,
      against: "PostGraphile 5's own list, equal documents over HTTP, no bearer, no limits",
      unit: '/s',
      aim: 'at least 1, better 1.5',
      ...measured,
    }),
  ];
}

/**
 * Consumptions on one wallet, against PostGraphile calling one SQL function that locks the wallet,
 * checks the balance and inserts consumption and entry: no token, no hash, no lots.
 */
export async function plainConsume(site: Site): Promise<Figure[]> {
  const database = await openDatabase(site);
  const count = {
    ours: site.scaled(consumptionsOfRound.ours),
    baseline: site.scaled(consumptionsOfRound.baseline),
  };
  const open = (slug: string, perRound: number) =>
    openAccount(database, { slug, agents: (rounds + 1) * perRound });
  const grouped = await open('grouped', count.ours);
  const alone = await open(plain, count.baseline);
  await writeHistory(database, [grouped, alone], accountSize);
  await database.source.query(usePass);
  const { daypass, postgraphile } = await startBoth(site, database);
  const ours = { agents: grouped.agents, count: count.ours, meter: daypass.meter };
  const baseline = { agents: alone.agents, count: count.baseline, meter: postgraphile.meter };
  const measured = await inTurns({
    rounds,
    unit: '/s',
    ours: () => overHttp(daypass.url, ours),
    baseline: () => byFunction(postgraphile.url, baseline),
  });
  await assertVerified(database, [plain]);
  return [
    figure({
      name: 'PostGraphile, consume',
      what: `consumptions on one wallet, ${clients} clients over HTTP`,
      against: 'PostGraphile calling one SQL function over HTTP, no bearer, no token, no hash',
      unit: '/s',
      aim: 'at least 1.5, better 2.5',
      ...measured,
    }),
  ];
}

interface Measured {
  url: string;
  meter: CpuMeter;
}

/** Daypass and PostGraphile on the same database. */
async function startBoth(
  site: Site,
  database: BenchDatabase,
): Promise<{ daypass: Measured; postgraphile: Measured }> {
  const service = await startService(site, database.url);
  await database.source.query(`comment on table consumptions is '@name day_pass_consumption'`);
  install();
  const other = await startBaseline(site, 'postgraphile/server', {
    DATABASE_URL: database.url,
    GRAPHILE_ENV: 'production',
    NODE_ENV: 'production',
  });
  const measured = async ({ url, pid }: RunningProgram) => ({
    url: `${url}/graphql`,
    meter: await CpuMeter.open(database, pid),
  });
  return {
    daypass: { ...(await measured(service)), url: service.url },
    postgraphile: await measured(other),
  };
}

/** PostGraphile is a package of the bench alone, with a lock of its own. */
function install(): void {
  const folder = path.join(root, 'bench/postgraphile');
  if (existsSync(path.join(folder, 'node_modules/.package-lock.json'))) return;
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
}

const mutation = `mutation Proceed($input: UsePassInput!) { usePass(input: $input) {
  result { rowId expiresAt } } }`;

function byFunction(url: string, { agents, count, meter }: Consumptions): Promise<Sample> {
  const posts = take(agents, count).map(({ accountId, id }) =>
    JSON.stringify({ query: mutation, variables: { input: { account: accountId, agent: id } } }),
  );
  return withConnections(url, async (connections) => {
    const cpuOf = meter.start();
    const startedAt = performance.now();
    await eachClient(posts, async (body, client) => {
      const answer = await connections[client]!.post(body, 'none');
      if (!answer.includes('"expiresAt"') || answer.includes('"errors"')) throw new Error(answer);
    });
    const value = (count * 1_000) / (performance.now() - startedAt);
    return { value, cpu: cpuOf(count) };
  });
}

/** The same two rows as a consumption of Daypass, and the balance. */
const usePass = `
  create function use_pass(account uuid, agent uuid) returns consumptions
  language plpgsql volatile as $$
  declare
    wallet wallets;
    made consumptions;
  begin
    select * into wallet from wallets where account_id = account and client_id is null for update;
    if wallet.balance < 1 then raise exception 'The wallet is empty.'; end if;
    update wallets set balance = balance - 1, last_sequence = last_sequence + 1,
      last_wallet_sequence = last_wallet_sequence + 1
      where account_id = account and id = wallet.id;
    insert into consumptions (account_id, id, agent_id, wallet_id, lot_id, source, confirmation_id,
        sequence, time_zone, utc_offset_minutes, tzdata_version, local_date, starts_at, expires_at,
        emergency, consent_notice, consent_locale, consent_at)
      select account, gen_random_uuid(), agent, wallet.id, lots.id, 'PORTAL', gen_random_uuid(),
        wallet.last_sequence + 1, 'America/Santiago', -180, '2026a', current_date, now(),
        now() + interval '8 hours', false, 'A day pass will be consumed.', 'en', now()
      from lots where account_id = account and wallet_id = wallet.id and remaining > 0
      order by priority, expires_at, sequence limit 1
      returning * into made;
    insert into journal_entries (account_id, sequence, id, kind, wallet_id, wallet_sequence, delta,
        balance, actor_kind, actor_id, agent_id, consumption_id, payload, occurred_at, key,
        command_id, hash)
      values (account, made.sequence, gen_random_uuid(), 'DayPassConsumed', wallet.id,
        wallet.last_wallet_sequence + 1, -1, wallet.balance - 1, 'AGENT', agent, agent, made.id,
        '{}', now(), made.confirmation_id::text, gen_random_uuid(), sha256(''));
    return made;
  end $$`;
