import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { Webhook } from 'standardwebhooks';
import type { DataSource } from 'typeorm';
import { checkWebhooks } from '../../src/cli/doctor-webhooks';
import { BackgroundShare, wholeShare } from '../../src/core/background-share';
import { newId } from '../../src/core/ids';
import { createLog } from '../../src/core/log';
import { NotifyHints, type HintCarrier } from '../../src/db/hints';
import { DeliveryRunner } from '../../src/deliveries/delivery-runner';
import { claimEndpoint, endpointStore } from '../../src/deliveries/endpoint-store';
import { SharedPages } from '../../src/deliveries/shared-pages';
import { pruneTries } from '../../src/deliveries/sweep-endpoints';
import { takeTurn } from '../../src/deliveries/turn';
import { webhookSecret } from '../../src/deliveries/webhook-secret';
import { composeEvent } from '../../src/webhooks/payload';
import { requireFresh } from '../support/built';
import { openBulkLedger, openPlainAccount, type BulkLedger } from '../support/desk/bulk';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { openReceiver, type Receiver } from '../support/desk/receiver';
import { eventually } from '../support/patience';
import { startProgram } from '../support/process';

const key = randomBytes(32);
const log = createLog({ logLevel: 'silent' });
const deaf: Pick<HintCarrier, 'listen'> = { listen() {} };

let database: TestDatabase;
let source: DataSource;
let bulk: BulkLedger;
let receiver: Receiver;
const running: DeliveryRunner[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 8);
  bulk = openBulkLedger(source, database.url);
  receiver = await openReceiver();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
  await source.query('delete from webhook_endpoints');
  receiver.received = [];
  receiver.answer = () => 200;
});

afterAll(async () => {
  await receiver.close();
  await bulk.close();
  await source.destroy();
  await database.drop();
});

/** An account with so many grants in its journal. */
async function openJournal(grants: number): Promise<string> {
  const { accountId } = await openPlainAccount(source, bulk, { agents: 1, nowMs: Date.now() });
  await bulk.grant(accountId, grants);
  return accountId;
}

interface Endpoint {
  accountId: string;
  id: string;
}

async function addEndpoint(
  accountId: string,
  { path = '/', kinds = [] as string[], sequence = 0 } = {},
): Promise<Endpoint> {
  const id = newId();
  await source.query(
    `insert into webhook_endpoints (account_id, id, url, kinds, state, sequence, created_at)
     values ($1, $2, $3, $4, 'ACTIVE', $5, clock_timestamp())`,
    [accountId, id, receiver.url + path, kinds, sequence],
  );
  return { accountId, id };
}

async function set({ accountId, id }: Endpoint, changes: string): Promise<void> {
  await source.query(`update webhook_endpoints set ${changes} where account_id = $1 and id = $2`, [
    accountId,
    id,
  ]);
}

async function rowOf({ accountId, id }: Endpoint) {
  const [row] = await source.query(
    'select * from webhook_endpoints where account_id = $1 and id = $2',
    [accountId, id],
  );
  return row as Record<string, unknown>;
}

function run(options: Partial<ConstructorParameters<typeof DeliveryRunner>[0]> = {}) {
  const runner = new DeliveryRunner({
    ...{ source, key, log, hints: deaf, compose: composeEvent, nowMs: () => Date.now() },
    ...{ rules: { privateAddresses: true, plainHttp: true }, observe: { webhookTried() {} } },
    ...{ share: wholeShare, sweepEveryMs: 50, ...options },
  });
  runner.start();
  running.push(runner);
  return runner;
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);
const sequencesAt = (path: string) =>
  receiver.received.flatMap((one) => (one.path === path ? [one.body.data.sequence as number] : []));
const isDone = (endpoint: Endpoint, sequence: number) =>
  eventually(async () => expect(await rowOf(endpoint)).toMatchObject({ sequence, lease: null }));

test('the journal arrives in order, signed, and every try is logged', async () => {
  const accountId = await openJournal(120);
  const endpoint = await addEndpoint(accountId);
  run();
  run();
  await isDone(endpoint, 121);
  expect(sequencesAt('/')).toEqual(numbers(1, 121));
  const { headers, text } = receiver.received[0]!;
  const version = 1;
  const secret = webhookSecret(key, { accountId, endpointId: endpoint.id, version });
  expect(new Webhook(secret).verify(text, headers)).toMatchObject({
    type: 'day_passes.granted',
    data: { delta: 1, sequence: 1 },
  });
  const tries = await source.query(
    `select sequence, status, delivered, replay, error from webhook_tries order by tried_at`,
  );
  expect(tries).toHaveLength(121);
  expect(tries[120]).toEqual({
    ...{ sequence: 121, status: 200, delivered: true, replay: false, error: null },
  });
});

test('the hint of a commit wakes the delivery, without a sweep', async () => {
  const accountId = await openJournal(0);
  const endpoint = await addEndpoint(accountId, { sequence: 1 });
  const hints = new NotifyHints(source, database.url, log);
  await hints.start();
  // The sweep at the start reads which accounts have endpoints; no other comes.
  const runner = run({ hints, sweepEveryMs: 3_600_000 });
  await eventually(async () => expect(runner.states).toMatchObject({ ACTIVE: 1 }));
  await bulk.grant(accountId, 1);
  await isDone(endpoint, 2);
  await hints.stop();
});

test('only the wanted kinds arrive, and others do not hold the endpoint back', async () => {
  const accountId = await openJournal(3);
  const none = await addEndpoint(accountId, { path: '/none', kinds: ['DayPassConsumed'] });
  const some = await addEndpoint(accountId, { path: '/some', kinds: ['DayPassesGranted'] });
  run();
  await isDone(none, 4);
  await isDone(some, 4);
  expect([sequencesAt('/none'), sequencesAt('/some')]).toEqual([[], numbers(1, 4)]);
});

test('an event that fails holds back the later ones until it is delivered', async () => {
  const accountId = await openJournal(3);
  const endpoint = await addEndpoint(accountId);
  receiver.answer = ({ body }) => (body.data.sequence === 2 ? 500 : 200);
  run();
  await eventually(async () =>
    expect(await rowOf(endpoint)).toMatchObject({ sequence: 1, failures: 1, lease: null }),
  );
  const [wait] = await source.query(
    `select extract(epoch from retry_at - failing_since)::float8 as seconds from webhook_endpoints`,
  );
  expect(wait.seconds).toBeGreaterThan(3);
  expect(wait.seconds).toBeLessThan(7);
  expect(sequencesAt('/')).toEqual([1, 2]);
  receiver.answer = () => 200;
  await set(endpoint, 'retry_at = clock_timestamp()');
  await isDone(endpoint, 4);
  expect(sequencesAt('/')).toEqual([1, 2, 2, 3, 4]);
  const [first, second] = receiver.received.filter(({ body }) => body.data.sequence === 2);
  expect(first!.id).toBe(second!.id);
  expect(await rowOf(endpoint)).toMatchObject({ failures: 0, failing_since: null, retry_at: null });
});

test('what is answered 200 after our time-out is sent again, with the same id', async () => {
  const accountId = await openJournal(1);
  const endpoint = await addEndpoint(accountId);
  let answerLate = () => {};
  receiver.answer = () => new Promise((resolve) => (answerLate = () => resolve(200)));
  const impatient = run({ timeoutMs: 50 });
  await eventually(async () =>
    expect(await rowOf(endpoint)).toMatchObject({ sequence: 0, failures: 1, lease: null }),
  );
  await impatient.stop();
  // The receiver has done its work, and nobody reads its answer.
  answerLate();
  receiver.answer = () => 200;
  await set(endpoint, 'retry_at = clock_timestamp()');
  run();
  await isDone(endpoint, 2);
  expect(sequencesAt('/')).toEqual([1, 1, 2]);
  const [first, again] = receiver.received;
  expect(again!.id).toBe(first!.id);
  expect(again!.text).toBe(first!.text);
});

test.each([
  ['answers 410', 410, ''],
  ['has failed for five days', 500, "failing_since = clock_timestamp() - interval '121 hours'"],
])('an endpoint that %s is paused, and keeps its place', async (_, status, changes) => {
  const accountId = await openJournal(1);
  const endpoint = await addEndpoint(accountId);
  if (changes) await set(endpoint, changes);
  receiver.answer = () => status;
  run();
  await eventually(async () =>
    expect(await rowOf(endpoint)).toMatchObject({
      ...{ state: 'PAUSED_FAILING', sequence: 0, paused_at: expect.any(Date) },
    }),
  );
  expect(sequencesAt('/')).toEqual([1]);
  // Its admins learn of it: the notice was requested in the statement that paused the endpoint.
  const jobs: { task: string; payload: string }[] = await source.query(
    'select task, payload from job_outbox where account_id = $1',
    [accountId],
  );
  expect(jobs.map(({ task }) => task)).toEqual(['note-webhook-paused']);
  expect(JSON.parse(jobs[0]!.payload)).toMatchObject({
    ...{ accountId, reason: status === 410 ? 'GONE' : 'FAILING' },
  });
});

test('a replay sends events again, marked, before live delivery continues', async () => {
  const accountId = await openJournal(5);
  const endpoint = await addEndpoint(accountId, { sequence: 4 });
  await set(endpoint, "replay_after = 1, replay_through = 4, replay_sequences = '{2,4}'");
  run();
  await isDone(endpoint, 6);
  expect(receiver.received.map(({ headers }) => headers['webhook-replay'] ?? 'live')).toEqual([
    ...['true', 'true', 'live', 'live'],
  ]);
  expect(sequencesAt('/')).toEqual([2, 4, 5, 6]);
  expect(await rowOf(endpoint)).toMatchObject({ replay_after: null, replay_sequences: null });
});

test('a change of settings ends the turn under way, which then writes nothing', async () => {
  const accountId = await openJournal(1);
  const endpoint = await addEndpoint(accountId);
  receiver.answer = async () => {
    await set(endpoint, "state = 'PAUSED', lease = null, lease_until = null");
    return 200;
  };
  let answered = () => {};
  const tried = new Promise<void>((resolve) => (answered = resolve));
  const runner = run({ observe: { webhookTried: () => answered() } });
  await tried;
  await runner.stop();
  expect(await rowOf(endpoint)).toMatchObject({ sequence: 0, failures: 0, state: 'PAUSED' });
  const [tries] = await source.query('select count(*)::int as count from webhook_tries');
  expect(tries.count).toBe(0);
});

test('endpoints that hang delay no other account, and at most three of one are served', async () => {
  const slow = await openJournal(0);
  for (const at of numbers(1, 5)) await addEndpoint(slow, { path: `/hang${at}` });
  receiver.answer = ({ path }) => (path.startsWith('/hang') ? null : 200);
  const runner = run();
  await eventually(async () => expect(receiver.received).toHaveLength(3));
  const quick = await addEndpoint(await openJournal(2));
  await isDone(quick, 3);
  expect(receiver.received.filter(({ path }) => path.startsWith('/hang'))).toHaveLength(3);
  await runner.stop();
  const [row] = await source.query(
    'select sum(failures)::int as failures, count(lease)::int as leases from webhook_endpoints',
  );
  expect(row).toEqual({ failures: 0, leases: 0 });
});

test('a process that is killed in the middle of a delivery loses and reorders nothing', async () => {
  requireFresh('server');
  const accountId = await openJournal(5);
  const endpoint = await addEndpoint(accountId);
  const args = ['test/support/desk/webhooks.program.mjs', database.url, key.toString('hex')];
  const program = startProgram(process.execPath, args, {});
  let arrived = () => {};
  const third = new Promise<void>((resolve) => (arrived = resolve));
  receiver.answer = ({ body }) => {
    if (body.data.sequence !== 3) return 200;
    arrived();
    return null;
  };
  await Promise.race([third, program.ended.then(() => Promise.reject(new Error('it ended')))]);
  program.child.kill('SIGKILL');
  await program.ended;
  receiver.answer = () => 200;
  // Its lease would last for some seconds more.
  await set(endpoint, 'lease_until = clock_timestamp()');
  run();
  await isDone(endpoint, 6);
  expect(sequencesAt('/')).toEqual([1, 2, 3, 3, 4, 5, 6]);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(6);
});

test('whatever receivers answer, each receives the journal of its kinds in order, and the log has it', async () => {
  const nowMs = Date.now();
  const { accountId, agentIds } = await openPlainAccount(source, bulk, { agents: 6, nowMs });
  await bulk.sell(accountId, agentIds, nowMs + 3_600_000);
  await bulk.grant(accountId, 6);
  const journal: { sequence: number; kind: string }[] = await source.query(
    'select sequence, kind from journal_entries where account_id = $1 order by sequence',
    [accountId],
  );
  const kindsOf = [...new Set(journal.map(({ kind }) => kind))];
  expect(kindsOf.length).toBeGreaterThan(1);
  const fates = [200, 200, 200, 204, 500, 302, 410, null, 'KILLED', 'KILLED_AFTER'] as const;
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(kindsOf),
      fc.array(fc.constantFrom(...fates), { maxLength: 25 }),
      fc.constantFrom(1, 3, 20),
      fc.option(fc.tuple(fc.nat(5), fc.nat(12))),
      async (kinds, fateOf, triesPerWrite, replay) => {
        await source.query('delete from webhook_endpoints where account_id = $1', [accountId]);
        const endpoint = await addEndpoint(accountId, { kinds });
        const store = endpointStore({ source, nowMs: () => Date.now(), pages: new SharedPages() });
        const arrived: number[] = [];
        let tries = 0;
        const send = async (_: unknown, { sequence }: { sequence: number }) => {
          const fate = fateOf[tries++] ?? 200;
          if (fate === 'KILLED') throw new Error('killed');
          if (fate !== 500 && fate !== 302 && fate !== 410) arrived.push(sequence);
          if (fate === 'KILLED_AFTER') throw new Error('killed');
          const none = { error: null, answer: fate === 500 ? 'ü"{,}\\' : null, retryAfterMs: null };
          return { status: fate, milliseconds: 1, ...none };
        };
        for (let turn = 0; turn < 60; turn += 1) {
          // Time passes, an admin resumes the endpoint, and asks for a replay once.
          await set(
            endpoint,
            "state = 'ACTIVE', retry_at = null, lease = null, lease_until = null",
          );
          if (replay?.[0] === turn) {
            const { sequence } = await rowOf(endpoint);
            const after = Math.min(replay[1], (sequence as number) - 1);
            if (after >= 0) {
              await set(endpoint, `replay_after = ${after}, replay_through = sequence`);
            }
          }
          const claimed = await claimEndpoint(source, accountId);
          if (!claimed) break;
          const mayContinue = () => Promise.resolve(true);
          const options = { store, send, mayContinue, triesPerWrite: () => triesPerWrite };
          await takeTurn(claimed, options).catch(() => {});
        }
        const wanted = journal.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
        const sequences = wanted.map(({ sequence }) => sequence);
        expect([...new Set(arrived)]).toEqual(sequences);
        expect(await rowOf(endpoint)).toMatchObject({
          ...{ sequence: journal.length, failures: 0, failing_since: null, replay_after: null },
        });
        const logged: { sequence: number }[] = await source.query(
          `select distinct sequence from webhook_tries
           where account_id = $1 and endpoint_id = $2 and delivered order by 1`,
          [accountId, endpoint.id],
        );
        expect(logged.map(({ sequence }) => sequence)).toEqual(sequences);
      },
    ),
    { numRuns: 12 },
  );
});

test('in a busy process deliveries wait for their share, in order, and arrive without it too', async () => {
  const accountId = await openJournal(60);
  const all = await addEndpoint(accountId, { path: '/all' });
  const some = await addEndpoint(accountId, { path: '/some', kinds: ['DayPassesGranted'] });
  const begins: (() => void)[] = [];
  let isBusy = true;
  const share = {
    begin: () => new Promise<void>((resolve) => (isBusy ? begins.push(resolve) : resolve())),
    spent() {},
    get isBusy() {
      return isBusy;
    },
  };
  const runner = run({ share });
  // One piece of work after the other: nothing arrives that was not let through.
  for (let let_through = 0; receiver.received.length < 30; let_through += 1) {
    await eventually(async () => {
      await Promise.resolve();
      expect(begins).not.toEqual([]);
    });
    expect(receiver.received.length).toBeLessThanOrEqual(let_through);
    begins.shift()!();
  }
  // Of what arrived, most was written together.
  const [tries] = await source.query('select count(*)::int as count from webhook_tries');
  expect(tries.count).toBeLessThan(30);
  isBusy = false;
  for (const begin of begins.splice(0)) begin();
  await isDone(all, 61);
  await isDone(some, 61);
  for (const path of ['/all', '/some']) expect(sequencesAt(path)).toEqual(numbers(1, 61));
  expect(runner.lag.entries).toBeLessThanOrEqual(122);
  const logged = await source.query(
    'select endpoint_id from webhook_tries group by 1 having count(distinct sequence) = 61',
  );
  expect(logged).toHaveLength(2);
});

test('a loop that is always busy delivers the whole journal in order even so', async () => {
  const accountId = await openJournal(12);
  const endpoint = await addEndpoint(accountId);
  run({
    share: new BackgroundShare({
      nowMs: () => performance.now(),
      activeMs: () => performance.now(),
      after: (ms, run) => void setTimeout(run, ms),
    }),
  });
  await isDone(endpoint, 13);
  expect(sequencesAt('/')).toEqual(numbers(1, 13));
});

test('a receiver that closes its connections after each answer receives everything once', async () => {
  const accountId = await openJournal(5);
  const endpoint = await addEndpoint(accountId);
  receiver.headers = { connection: 'close' };
  run();
  await isDone(endpoint, 6);
  receiver.headers = {};
  expect(sequencesAt('/')).toEqual(numbers(1, 6));
});

test('a turn whose lease has passed to another process writes nothing', async () => {
  const accountId = await openJournal(1);
  const endpoint = await addEndpoint(accountId);
  const late = (await claimEndpoint(source, accountId))!;
  expect(await claimEndpoint(source, accountId)).toBeNull();
  await set(endpoint, 'lease_until = clock_timestamp()');
  const next = (await claimEndpoint(source, accountId))!;
  const store = endpointStore({ source, nowMs: () => Date.now(), pages: new SharedPages() });
  const move = (through: number) => ({ through, isReplay: false, tried: [] });
  expect(await store.write(late, move(2))).toBe(false);
  expect(await rowOf(endpoint)).toMatchObject({ sequence: 0, lease: next.lease });
  expect(await store.write(next, move(1))).toBe(true);
  expect(await rowOf(endpoint)).toMatchObject({ sequence: 1 });
});

test('the last 10,000 tries of an endpoint are kept', async () => {
  const { accountId, id } = await addEndpoint(await openJournal(0), { sequence: 1 });
  await source.query(
    `insert into webhook_tries (account_id, id, endpoint_id, sequence, kind, tried_at, delivered,
       milliseconds, replay)
     select $1, gen_random_uuid(), $2, n, 'DayPassConsumed',
       clock_timestamp() + n * interval '1 ms', true, 1, false
     from generate_series(1, 10002) as n`,
    [accountId, id],
  );
  await pruneTries(source);
  const [kept] = await source.query(
    'select count(*)::int as count, min(sequence) as first from webhook_tries',
  );
  expect(kept).toEqual({ count: 10_000, first: 3 });
});

test('tries are kept for 30 days', async () => {
  const endpoint = await addEndpoint(await openJournal(2));
  run();
  await isDone(endpoint, 3);
  await source.query(
    `update webhook_tries set tried_at = clock_timestamp() - interval '31 days' where sequence < 3`,
  );
  await pruneTries(source);
  expect(await source.query('select sequence from webhook_tries')).toEqual([{ sequence: 3 }]);
});

test('doctor names endpoints that have failed for a quarter of an hour', async () => {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const endpoint = await addEndpoint(await openJournal(0), { sequence: 1 });
  await set(endpoint, "failures = 1, failing_since = clock_timestamp() - interval '14 minutes'");
  expect(await checkWebhooks(client)).toMatchObject({ state: 'ok' });
  await set(endpoint, "failing_since = clock_timestamp() - interval '16 minutes'");
  expect(await checkWebhooks(client)).toMatchObject({
    ...{ state: 'warning', says: expect.stringMatching(/^127\.0\.0\.1:\d+ of .* fails since/) },
  });
  await client.end();
});
