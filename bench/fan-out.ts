import { randomUUID } from 'node:crypto';
import { figure, type Figure } from './figure';
import { openDatabase } from './support/database';
import { HttpConnection } from './support/http-connection';
import { openAccount } from './support/people';
import { PlainWebSocket } from './support/plain-web-socket';
import { startBaseline, startService, type RunningProgram } from './support/program';
import { inTurns } from './support/rounds';
import { note, pause, type Site } from './support/site';
import { subscribe, Subscribers } from './support/subscribers';
import { residentBytes } from './support/usage';
import { assertVerified } from './support/verify';

const subscribers = 2_000;
const rounds = 15;
/** Between two rounds, so that no message of the last one is still being sent. */
const restMs = 300;
/** Before garbage is collected and memory is read: long enough for what was opened to be done with. */
const settleMs = 3_000;

const query = `subscription { dayPassWalletChanged { sequence balance delta wallet { balance } } }`;
const grant = `mutation Grant($input: GrantDayPassesInput!) { grantDayPasses(input: $input) {
  wallet { balance } replayed userErrors { code } } }`;

/**
 * From the sending of a mutation that changes a balance to the last of 2,000 subscribers of the
 * account, each with its own bearer token; compared with `ws` sending the same bytes to as many
 * after an HTTP request. Also the memory of each idle subscriber, of both.
 */
export async function fanOut(site: Site): Promise<Figure[]> {
  const database = await openDatabase(site);
  const size = site.scaled(subscribers);
  const account = await openAccount(database, { slug: 'fan-out', agents: size });
  const service = await startService(site, database.url);
  const bare = await startBaseline(site, 'baseline/broadcast-server');

  const ours = site.hold(new Subscribers(), (opened) => opened.close());
  const theirs = site.hold(new Subscribers(), (opened) => opened.close());
  const memory = await idleMemory(service, async () => {
    await ours.open(account.agents.splice(0), ({ bearer }) => {
      return subscribe(service.url, { bearer, query });
    });
    await ours.reached(size);
  });
  const bareMemory = await idleMemory(bare, () => {
    const url = bare.url.replace('http', 'ws');
    return theirs.open(Array.from({ length: size }), () => PlainWebSocket.open(url));
  });

  const admin = site.hold(await HttpConnection.open(`${service.url}/graphql`), (one) =>
    one.close(),
  );
  const sender = site.hold(await HttpConnection.open(bare.url), (one) => one.close());
  const measured = await inTurns({
    rounds,
    unit: 'ms',
    ours: () => timeToLast(ours, () => admin.post(mutation(), account.admin.bearer)),
    baseline: () => timeToLast(theirs, () => sender.post(ours.newest, 'none')),
  });
  if (ours.newest.includes('"errors"') || ours.newest !== theirs.newest) {
    throw new Error(`Not equal bytes: ${ours.newest} and ${theirs.newest}`);
  }
  await assertVerified(database);
  return [
    figure({
      name: 'fan-out',
      what: `a balance's change to the last of ${subscribers.toLocaleString('en')} WebSocket subscribers`,
      against: '`ws` sending equal bytes after an HTTP request, no commit',
      unit: 'ms',
      aim: 'at most 2, better 1.3',
      ...measured,
    }),
    figure({
      name: 'idle subscriber',
      what: 'memory of one',
      against: 'an idle socket of `ws`',
      unit: 'KB',
      ours: memory / size / 1024,
      baseline: bareMemory / size / 1024,
      aim: 'stated',
      rounds: 1,
    }),
  ];
}

function mutation(): string {
  const input = { quantity: 1, reason: 'To be received', idempotencyKey: randomUUID() };
  return JSON.stringify({ query: grant, variables: { input } });
}

async function timeToLast(heard: Subscribers, send: () => Promise<string>): Promise<number> {
  await pause(restMs);
  const all = heard.reached(heard.count + heard.size);
  const startedAt = performance.now();
  const answer = send();
  await all;
  const ms = heard.lastAt - startedAt;
  const text = await answer;
  if (text.includes('"errors"') || text.includes('"code"')) throw new Error(text);
  return ms;
}

/** Of a server that has settled, without its garbage. */
async function bytesOf({ pid }: RunningProgram): Promise<number> {
  await pause(settleMs);
  process.kill(pid, 'SIGUSR2');
  await pause(settleMs);
  return residentBytes(pid);
}

/** How many bytes a server's memory grew by when its sockets had been opened, and were idle. */
async function idleMemory(server: RunningProgram, open: () => Promise<void>): Promise<number> {
  const before = await bytesOf(server);
  await open();
  const after = await bytesOf(server);
  note(`memory: ${Math.round(before / 1024 ** 2)} MB, then ${Math.round(after / 1024 ** 2)} MB`);
  return after - before;
}
