import { once } from 'node:events';
import { connect } from 'node:net';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { manyReasons, openBulkLedger } from '../support/desk/bulk';
import { tally } from '../support/desk/desk';
import { comesTrue, FaultSite } from '../support/faults/fault-site';
import { Load } from '../support/faults/load';
import { eventually, longWaits } from '../support/patience';
import { subscribersOf } from '../support/desk/socket';
import { size } from '../support/size';

let site: FaultSite;

beforeAll(async () => {
  site = await FaultSite.open({ environment: longWaits });
});

afterEach(() => site.clear());
afterAll(() => site.close());

test('a rolling restart moves every subscriber to another process, and none misses an event or gets it twice', async () => {
  const { fleet } = site;
  const first = await fleet.startMany(size(1, 3));
  const account = await site.openAccount({ agents: size(600, 5_000) });
  const subscribers = await site.subscribe(account, size(20, 1_000), { isPatient: true });
  const load = new Load(fleet, account.agents, { clients: 3, pauseMs: size(300, 100) });
  await load.during(async () => {
    for (const process of first) {
      await fleet.start();
      // A connection without a request, as browsers open them in advance, delays nothing.
      const ahead = connect(Number(new URL(process.url).port), '127.0.0.1');
      await once(ahead, 'connect');
      await process.drain();
      ahead.destroy();
      await load.progress(5);
    }
  });
  await site.expectTheBooksToClose(account, { load, subscribers });
  // Each received the request to reconnect, and none was cut off. A client that found the new process busy with
  // all the others got that answer, left, and came again.
  const closes = tally(subscribers.flatMap((subscriber) => subscriber.closes.map(String)));
  const faults = subscribers.flatMap((subscriber) => subscriber.faults);
  expect(subscribers.filter((subscriber) => !subscriber.closes.includes(1001))).toEqual([]);
  expect({ ...closes, '1001': undefined }).toEqual(faults.length ? { '1005': faults.length } : {});
  expect(faults.filter((code) => code !== 'SERVICE_UNAVAILABLE')).toEqual([]);
}, 300_000);

/** So large that a few hundred fill all buffers between a process and its reader. */
const bulky = `subscription ($after: String) { dayPassEvents(after: $after) { sequence cursor
  ... on DayPassesGranted { ${manyReasons(20)} } } }`;

test(
  'readers who stop reading cost no memory and delay nobody, and miss nothing when they return',
  async () => {
    const { fleet } = site;
    // Longer than the entries take to arrive, so that nobody is closed before the memory is read.
    const { url } = await fleet.start({ DAYPASS_HEARTBEAT_MS: size('4000', '12000') });
    const account = await site.openAccount({ agents: 1 });
    const others = await site.subscribe(account, 3);
    const stalled = await site.subscribe(account, 12, {
      firstQuery: bulky,
      isPatient: true,
    });
    // Clients that found the process busy have come again by then; an unread refusal would not be a
    // stream.
    await comesTrue(async () => {
      expect(await subscribersOf(url)).toBe(others.length + stalled.length);
      expect(stalled.filter(({ isConnected }) => !isConnected)).toEqual([]);
    });
    for (const subscriber of stalled) subscriber.stall();
    const before = await memoryOf(url);
    const entries = size(2_200, 50_000);
    const bulk = openBulkLedger(site.source, site.databaseUrl);
    await bulk.grant(account.accountId, entries);
    await bulk.close();
    await site.expectAllReceived(others, entries + 1);
    // Kept for them it would be 10 kB an entry and reader: 264 MB in the short run.
    expect((await memoryOf(url)) - before).toBeLessThan(200);
    // They answer no ping, so they are closed, reconnect, and receive all of it.
    await left(url, others.length);
    for (const subscriber of stalled) subscriber.breakOff();
    await site.expectAllReceived(stalled, entries + 1);
    expect((await verifyBooks(site.source, account.accountId)).drift).toBeNull();
    fleet.expectNobodyDied();
  },
  size(300_000, 600_000),
);

/** Waits until so few subscribers are left. */
async function left(url: string, count: number): Promise<void> {
  await eventually(async () => expect(await subscribersOf(url)).toBeLessThanOrEqual(count));
}

/** The memory of the process, in MB. */
async function memoryOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)?.[1]) / 2 ** 20;
}
