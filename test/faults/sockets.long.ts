import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { manyReasons, openBulkLedger } from '../support/desk/bulk';
import { subscribersOf } from '../support/desk/socket';
import { comesTrue, FaultSite } from '../support/faults/fault-site';
import { eventually, longWaits } from '../support/patience';

let site: FaultSite;

beforeAll(async () => {
  site = await FaultSite.open({ environment: longWaits });
});

afterAll(() => site.close());

/** So large that a few hundred fill all buffers between a process and its reader. */
const bulky = `subscription ($after: String) { dayPassEvents(after: $after) { sequence cursor
  ... on DayPassesGranted { ${manyReasons(7)} } } }`;

test('readers who stop reading cost no memory and delay nobody, and miss nothing when they return', async () => {
  const { fleet } = site;
  // Longer than the entries take to arrive, so that nobody is closed before the memory is read.
  const { url } = await fleet.start({ DAYPASS_HEARTBEAT_MS: '4000' });
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
  const entries = 2_200;
  const bulk = openBulkLedger(site.source, site.databaseUrl);
  await bulk.grant(account.accountId, entries);
  await bulk.close();
  await site.expectAllReceived(others, entries + 1);
  // Kept for them it would be 10 kB an entry and reader: 264 MB.
  expect((await memoryOf(url)) - before).toBeLessThan(200);
  // They answer no ping, so they are closed, reconnect, and receive all of it.
  await left(url, others.length);
  for (const subscriber of stalled) subscriber.breakOff();
  await site.expectAllReceived(stalled, entries + 1);
  expect((await verifyBooks(site.source, account.accountId)).drift).toBeNull();
  fleet.expectNobodyDied();
}, 300_000);

/** Waits until so few subscribers are left. */
async function left(url: string, count: number): Promise<void> {
  await eventually(async () => expect(await subscribersOf(url)).toBeLessThanOrEqual(count));
}

/** The memory of the process, in MB. */
async function memoryOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)?.[1]) / 2 ** 20;
}
