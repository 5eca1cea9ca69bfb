import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { listen } from '../../src/cli/partner/listen';
import { CreateWebhookDocument } from '../generated/operations';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { addKey } from '../support/desk/keys';
import { openReceiver, type Receiver } from '../support/desk/receiver';
import { act } from '../support/desk/streams';
import { createTestFolder } from '../support/folder';
import { eventually } from '../support/patience';
import { runDaypass, startProgram } from '../support/process';
import { runVerb } from '../support/verb';
import { longTest } from '../support/size';

const folder = createTestFolder();
const stateFile = path.join(folder.path, 'state.json');
let site: TestSite;
let receiver: Receiver;
let desk: Desk;
let key: string;

beforeAll(async () => {
  site = await openTestSite({ DAYPASS_PRIVATE_WEBHOOKS: 'true' });
  receiver = await openReceiver();
  desk = await site.openDesk({ passes: 1 });
  key = (await addKey(desk, { scopes: ['journal:read', 'webhooks:write'] })).bearer;
});
afterEach(() => {
  receiver.received = [];
  receiver.answer = () => 200;
});
afterAll(async () => {
  await site.close();
  await receiver.close();
  folder.remove();
});

const sequences = () => receiver.received.map(({ body }) => body.data.sequence as number);
const hasArrived = (count: number) =>
  eventually(async () => expect(receiver.received).toHaveLength(count));

/** Listens until `work` is done. */
async function listenWhile(kinds: string[], work: (said: string[]) => Promise<void>) {
  const stop = new AbortController();
  const said: string[] = [];
  const listening = listen(
    { url: site.service.url, key },
    {
      ...{ forward: receiver.url, stateFile, kinds, signal: stop.signal },
      print: (line) => void said.push(line),
    },
  );
  await eventually(async () => expect(said).not.toEqual([]));
  await work(said);
  stop.abort();
  await listening;
}

test('a listener forwards events as webhooks, and continues where it stopped', async () => {
  let secret = '';
  await listenWhile([], async ([first]) => {
    secret = /whsec_\S+/.exec(first!)![0];
    await desk.add(1);
    await hasArrived(1);
    receiver.answer = () => 500;
    await desk.add(1);
    await hasArrived(3);
  });
  receiver.answer = () => 200;
  await desk.add(1);
  await listenWhile([], async ([first]) => {
    expect(first).toContain(secret);
    await eventually(async () => expect(new Set(sequences()).size).toBe(3));
  });
  expect([...new Set(sequences())]).toEqual([2, 3, 4]);
  for (const { text, headers } of receiver.received) new Webhook(secret).verify(text, headers);
});

test('a listener forwards only the wanted kinds', async () => {
  await listenWhile(['DayPassConsumed'], async () => {
    await desk.add(1);
    await desk.enter(desk.agent);
    await hasArrived(1);
  });
  expect(receiver.received[0]!.body.type).toBe('day_pass.consumed');
});

test('a key without the scope is refused, and a forward address with credentials', async () => {
  const weak = (await addKey(desk, { scopes: ['wallet:read'] })).bearer;
  const options = { stateFile: null, kinds: [], signal: new AbortController().signal };
  const given = { ...options, forward: receiver.url, print: () => {} };
  const url = site.service.url;
  await expect(listen({ url, key: weak }, given)).rejects.toThrow('journal:read');
  await expect(listen({ url, key: 'dpk_none' }, given)).rejects.toThrow();
  const forward = 'http://user:word@127.0.0.1';
  await expect(listen({ url, key }, { ...given, forward })).rejects.toThrow('--forward');
});

longTest('the command line prints events, triggers samples and replays', async () => {
  const at = ['--url', site.service.url];
  const environment = { DAYPASS_KEY: key };
  const [cursor] = await desk.sql<{ sequence: number }>(
    'select sequence from journals where account_id = $1',
  );
  const tail = startProgram(
    process.execPath,
    ['bin/daypass.js', 'events', 'tail', ...at, '--json'],
    environment,
  );
  await eventually(async () => {
    await desk.add(1);
    expect(tail.output()).not.toBe('');
  });
  tail.child.kill('SIGTERM');
  expect((await tail.ended).code).toBe(0);
  const line = JSON.parse(tail.output().split('\n')[0]!);
  expect(line).toMatchObject({ type: 'day_passes.granted', data: { delta: 1 } });
  expect(line.data.sequence).toBeGreaterThan(cursor!.sequence);

  const none = await runVerb(['webhooks', 'trigger', ...at], environment);
  expect([none.code, none.errors]).toEqual([1, expect.stringContaining('no webhook endpoint')]);
  await act(desk, CreateWebhookDocument, { input: { url: receiver.url } });
  const triggered = await runVerb(
    ['webhooks', 'trigger', 'DayPassConsumed', ...at, '--json'],
    environment,
  );
  expect(JSON.parse(triggered.output)).toMatchObject({ kind: 'DayPassConsumed', status: 200 });
  // In a sandbox a key that can act makes the event happen; this one cannot.
  const sample = await runVerb(['webhooks', 'trigger', 'DayPassesGranted', ...at], environment);
  expect(sample).toMatchObject({ code: 0, errors: expect.stringContaining('wallet:write') });
  await hasArrived(2);
  expect(receiver.received[1]!.body).toMatchObject({ data: { test: true } });
  receiver.received = [];
  const able = {
    DAYPASS_KEY: (await addKey(desk, { scopes: ['wallet:read', 'wallet:write'] })).bearer,
  };
  for (const kind of ['DayPassesGranted', 'DayPassWalletLow']) {
    const acted = await runVerb(['webhooks', 'trigger', kind, ...at, '--json'], able);
    expect(JSON.parse(acted.output)).toEqual({ kind, how: 'ACT' });
  }
  await hasArrived(2);
  const types = receiver.received.map(({ body }) => body.type);
  expect(types).toEqual(['day_passes.granted', 'wallet.low']);
  for (const { body } of receiver.received) expect(body.data).not.toHaveProperty('test');
  receiver.received = [];
  const [wallet] = await desk.sql<{ low: number | null }>(
    'select low_balance_threshold as low from wallets where account_id = $1',
  );
  expect(wallet!.low).toBeNull();
  const replayed = await runDaypass(
    ['webhooks', 'replay', ...at, '--sequences', '1,2'],
    environment,
  );
  expect(replayed).toMatchObject({ code: 0, output: '2 events are sent again.\n' });
  await hasArrived(2);
  const refused = await runVerb(['webhooks', 'replay', ...at], environment);
  expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('fromCursor')]);
});
