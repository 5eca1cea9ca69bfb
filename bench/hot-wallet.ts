import 'reflect-metadata';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { signBearer } from '../src/access/bearer-token';
import { createAccount } from '../src/accounts/create-account';
import { createAgents } from '../src/agents/create-agents';
import { createLog } from '../src/core/log';
import { createDataSource } from '../src/db/data-source';
import { startEmbeddedPostgres } from '../src/db/embedded/embedded-postgres';
import { migrate } from '../src/db/migrate';
import { loadSecrets } from '../src/db/secrets';
import { createWriterPool } from '../src/db/writer-pool';
import { LedgerWriter } from '../src/ledger/account-writer';
import { grantDayPasses } from '../src/wallets/grant-day-passes';
import { HttpConnection } from './http-connection';
import { consumeAlone } from './one-by-one';

const clients = 64;
const rounds = 3;
/** Consumptions in one round of each: some seconds of work. */
const groupedCount = 10_000;
const aloneCount = 3_000;

const log = createLog({ logLevel: 'warn' });

/**
 * Consumptions a second on one wallet: through HTTP with bearers and confirmations, 64 clients at
 * once; against the same rows by one interactive transaction each over 64 pooled connections, with
 * no HTTP. Both on one PostgreSQL with its default durability, in turns. `DATABASE_URL` names an
 * empty database to use; else one is started for the time of the run.
 */
export async function hotWallet(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'daypass-bench-'));
  chmodSync(folder, 0o755);
  const given = process.env.DATABASE_URL;
  const server = given ? null : await startEmbeddedPostgres({ dataDir: folder });
  try {
    await measure(given ?? server!.urlOf('daypass'));
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl, async (source) => {
    await loadSecrets(source);
  });
  const source = await createDataSource(databaseUrl).initialize();
  const pool = new Pool({ connectionString: databaseUrl, max: clients });
  const service = await startService(databaseUrl);
  try {
    const [{ durability }] = await source.query(
      `select format('fsync %s, synchronous_commit %s, PostgreSQL %s', current_setting('fsync'),
         current_setting('synchronous_commit'), current_setting('server_version')) as durability`,
    );
    console.log(`${durability}; ${cpus().length} cores; Node ${process.versions.node}`);

    const grouped = await prepare(source, databaseUrl, 'grouped', (rounds + 1) * groupedCount);
    const alone = await prepare(source, databaseUrl, 'alone', (rounds + 1) * aloneCount);
    const rates = { grouped: [] as number[], alone: [] as number[] };
    // The first round of each warms up.
    for (let round = 0; round <= rounds; round += 1) {
      const groupedRate = await overHttp(service.url, grouped, groupedCount);
      const aloneRate = await oneByOne(pool, alone, aloneCount);
      console.log(
        `${round === 0 ? 'warm-up' : `round ${round}`}: ${rate(groupedRate)} through HTTP, ` +
          `${rate(aloneRate)} one transaction each`,
      );
      if (round === 0) continue;
      rates.grouped.push(groupedRate);
      rates.alone.push(aloneRate);
    }
    await assertBooksClose(source);
    const [a, b] = [median(rates.grouped), median(rates.alone)];
    console.log(
      `median: ${rate(a)} through HTTP, ${rate(b)} one transaction each: ${(a / b).toFixed(2)} times`,
    );
  } finally {
    await service.stop();
    await pool.end();
    await source.destroy();
  }
}

interface Account {
  accountId: string;
  /** Agents that have taken no pass yet, with their bearers. */
  agents: { id: string; bearer: string }[];
}

/** An account with a full wallet and as many occasional agents, made by the product's own functions. */
async function prepare(
  source: DataSource,
  databaseUrl: string,
  slug: string,
  count: number,
): Promise<Account> {
  const createdAt = new Date();
  const accountId = await createAccount(source, {
    slug,
    name: slug,
    plan: 'pro',
    currency: 'USD',
    timeZone: 'UTC',
    sandbox: false,
    createdAt,
  });
  const emails = Array.from({ length: count }, (_, at) => `agent.${at}@${slug}.example`);
  const ids = await createAgents(
    source,
    accountId,
    emails.map((email) => ({
      name: email,
      email,
      type: 'OCCASIONAL',
      status: 'ACTIVE',
      role: 'AGENT',
      timeZone: 'America/Santiago',
      sections: ['TICKETS'],
      createdAt,
    })),
  );
  await fillWallet(databaseUrl, accountId);
  const { localIssuer } = await loadSecrets(source);
  const agents = await Promise.all(
    ids.map(async (id, at) => ({
      id,
      bearer: await signBearer(
        { accountId, agentId: id, email: emails[at]! },
        { key: localIssuer, nowMs: Date.now(), lifetimeMs: 3_600_000 },
      ),
    })),
  );
  return { accountId, agents };
}

async function fillWallet(databaseUrl: string, accountId: string): Promise<void> {
  const pool = createWriterPool(databaseUrl, 1, log);
  const ledger = new LedgerWriter({ pool, writersMax: 1, log, announce: () => {} });
  const outcome = await grantDayPasses(ledger, {
    accountId,
    actor: null,
    walletId: null,
    quantity: 1_000_000,
    reason: 'A wallet to measure with',
    expiresAtMs: null,
    key: 'bench',
  });
  await pool.end();
  if (outcome.status !== 'accepted') throw new Error(`The grant was ${outcome.status}.`);
}

/** Asks the gate for each agent first, then measures the consumptions alone. */
async function overHttp(url: string, account: Account, count: number): Promise<number> {
  const agents = account.agents.splice(0, count);
  const connections = await Promise.all(
    Array.from({ length: clients }, () => HttpConnection.open(url)),
  );
  const proceeds: { bearer: string; body: string }[] = [];
  await eachClient(agents, async ({ bearer }, client) => {
    const answer = JSON.parse(await connections[client]!.post(gateQuery, bearer));
    const confirmationToken = answer.data.viewer.portalAccess.confirmation.token;
    const input = { confirmationToken };
    proceeds.push({ bearer, body: JSON.stringify({ query: consume, variables: { input } }) });
  });

  const startedAt = performance.now();
  await eachClient(proceeds, async ({ bearer, body }, client) => {
    const answer = await connections[client]!.post(body, bearer);
    if (!acceptedAnswer.test(answer)) throw new Error(answer);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  for (const connection of connections) connection.close();
  return count / seconds;
}

async function oneByOne(pool: Pool, account: Account, count: number): Promise<number> {
  const { accountId } = account;
  const agents = account.agents.splice(0, count);
  const startedAt = performance.now();
  await eachClient(agents, ({ id }) => consumeAlone(pool, { accountId, agentId: id }));
  return count / ((performance.now() - startedAt) / 1000);
}

/** Works off the list with 64 clients, each with one thing at a time under way. */
async function eachClient<Item>(
  items: readonly Item[],
  work: (item: Item, client: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const client = async (_: unknown, index: number) => {
    while (next < items.length) await work(items[next++]!, index);
  };
  await Promise.all(Array.from({ length: clients }, client));
}

const gateQuery = JSON.stringify({
  query: `{ viewer { portalAccess { ... on DayPassRequired { confirmation { token } } } } }`,
});
const consume = `mutation Proceed($input: ConsumeDayPassInput!) { consumeDayPass(input: $input) {
  consumption { id expiresAt } wallet { balance } replayed userErrors { code } } }`;

/** A whole answer, and no fault in it: what was refused or only replayed would be cheaper. */
const acceptedAnswer =
  /"consumption":\{"id":.*"wallet":\{"balance":\d+\},"replayed":false,"userErrors":\[\]/;

/** The built service as a process of its own on a free port. */
async function startService(databaseUrl: string): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const flags = process.env.BENCH_NODE_FLAGS?.split(' ') ?? [];
  const child = spawn(process.execPath, [...flags, 'dist/src/main.js'], {
    cwd: path.resolve(__dirname, '..'),
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      DAYPASS_LOCAL_ISSUER: 'true',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/readyz`, child);
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200 && child.exitCode === null; tries += 1) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The service does not answer.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** What was measured was right: a fast answer that loses a pass would be none. */
async function assertBooksClose(source: DataSource): Promise<void> {
  const open: unknown[] = await source.query(
    `select w.id from wallets w where balance <> (select sum(delta) from journal_entries e
         where e.account_id = w.account_id and e.wallet_id = w.id)
       or balance <> (select sum(remaining) from lots l
         where l.account_id = w.account_id and l.wallet_id = w.id)
       or last_sequence <> (select count(*) from journal_entries e
         where e.account_id = w.account_id)`,
  );
  if (open.length > 0) throw new Error(`The books do not close: ${JSON.stringify(open)}`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function rate(perSecond: number): string {
  return `${Math.round(perSecond)}/s`;
}
