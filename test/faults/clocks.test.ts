import { setTimeout as wait } from 'node:timers/promises';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { AskGateDocument, TheAccountDocument } from '../generated/operations';
import { openBulkLedger, type BulkLedger } from '../support/desk/bulk';
import { dataOf, type Person } from '../support/desk/desk';
import { comesTrue, FaultSite, type FaultAccount } from '../support/faults/fault-site';
import { wrongClock } from '../support/faults/fleet';
import { Load } from '../support/faults/load';
import { longWaits } from '../support/patience';
import { request } from '../support/desk/service';
import { openTcpProxy, type TcpProxy } from '../support/faults/tcp-proxy';
import { size } from '../support/size';

const hourMs = 3_600_000;
/** Far more than a busy machine puts into the estimate of a clock, far less than a clock is off. */
const minuteMs = 60_000;

let proxy: TcpProxy;
let site: FaultSite;
let bulk: BulkLedger;

beforeAll(async () => {
  site = await FaultSite.open({
    by: async (url) => (proxy = await openTcpProxy(url)),
  });
  bulk = openBulkLedger(site.source, site.databaseUrl);
});

afterAll(async () => {
  await bulk.close();
  await site.close();
});

async function databaseNowMs(): Promise<number> {
  const [row]: { ms: number }[] = await site.source.query(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as ms',
  );
  return row!.ms;
}

const accountNowMs = async (url: string, { bearer }: Person) =>
  Date.parse(dataOf(await request(url, TheAccountDocument, { token: bearer })).account.now);

/** How often each end of a pass stands in the journal, and how early the earliest came. */
async function endsOf({ accountId }: FaultAccount) {
  const [ends]: Record<'ends' | 'passes' | 'early' | 'running', number>[] = await site.source.query(
    `select count(*)::int as ends, count(distinct e.consumption_id)::int as passes,
         (count(*) filter (where e.occurred_at < c.expires_at))::int as early,
         (select count(*)::int from running_passes where account_id = $1) as running
       from journal_entries e join consumptions c
         on c.account_id = e.account_id and c.id = e.consumption_id
       where e.account_id = $1 and e.kind = 'DayPassExpired'`,
    [accountId],
  );
  return ends!;
}

/** All of the account's people came in four hours before that end of their day. */
async function comeInEarlier(account: FaultAccount, endsAtMs: number): Promise<string[]> {
  bulk.fixedNowMs = endsAtMs - 4 * hourMs;
  // The account was opened a moment ago, and its clock never goes back.
  await site.source.query(
    'update journals set last_instant = to_timestamp($2::float8 / 1000) where account_id = $1',
    [account.accountId, bulk.fixedNowMs],
  );
  const ids = account.agents.map(({ id }) => id);
  await bulk.sell(account.accountId, ids, endsAtMs);
  return ids;
}

/** All processes' clocks, each by hours of its own, and each time they are asked to. */
const jump = () => site.fleet.processes.forEach((process) => process.signal('SIGUSR2'));

test('passes that fell due while no process ran end once when some start', async () => {
  const { fleet } = site;
  // In the long run more than one batch ends.
  const account = await site.openAccount({ agents: size(20, 10_000) });
  // Their day ended an hour ago.
  const ids = await comeInEarlier(account, Math.floor(await databaseNowMs()) - hourMs);
  delayTheClock();
  // The two run until the last test; their clocks are wrong from the beginning.
  await Promise.all([
    fleet.start({ ...wrongClock(9 * hourMs, -20 * hourMs), ...longWaits }),
    fleet.start({ ...wrongClock(-15 * hourMs, 40 * hourMs), ...longWaits }),
  ]);
  // Access does not wait for it.
  const { viewer } = dataOf(
    await request(fleet.urls()[0]!, AskGateDocument, { token: account.agents.at(-1)!.bearer }),
  );
  expect(viewer.portalAccess.__typename).toBe('DayPassRequired');
  const subscribers = await site.subscribe(account, 2);
  const ended = { ends: ids.length, passes: ids.length, early: 0, running: 0 };
  await comesTrue(async () => expect(await endsOf(account)).toEqual(ended));
  await site.expectAllReceived(subscribers, 1 + 2 * ids.length);
  expect((await verifyBooks(site.source, account.accountId)).drift).toBeNull();
  fleet.expectNobodyDied();
}, 300_000);

/** How many answers to a process's own question for the time were delayed: its first one. */
let delayed = 0;

/** Of the processes that start next, one gets its first answer of the clock late. */
function delayTheClock(): void {
  proxy.delayOf = (bytes) => {
    if (delayed > 0 || !bytes.includes('clock_timestamp())::float8 * 1000 as ms')) return 0;
    delayed += 1;
    return 2_000;
  };
}

test('an answer of the clock that took long is not used', async () => {
  expect(delayed).toBe(1);
  const account = await site.openAccount({ agents: 1 });
  expect(site.fleet.urls()).toHaveLength(2);
  for (const url of site.fleet.urls()) {
    const beforeMs = await databaseNowMs();
    // Half of the way would be a second.
    expect(await accountNowMs(url, account.admin)).toBeGreaterThan(beforeMs - 700);
  }
});

test('processes whose clocks are hours wrong decide the same, and continue when their clocks jump', async () => {
  const { fleet } = site;
  const account = await site.openAccount({ agents: size(200, 5_000) });
  const subscribers = await site.subscribe(account, 2);
  const load = new Load(fleet, account.agents);
  await load.during(async () => {
    await load.progress(size(8, 40));
    jump();
    await load.progress(size(8, 40));
  });
  // Nobody is refused for a wrong clock; nor for a busy machine, as the waits are long.
  expect(load.refusals).toEqual([]);
  await site.expectTheBooksToClose(account, { load, subscribers });
  // All in one day, until the same end of it, whichever process decided.
  const days: unknown[] = await site.source.query(
    'select distinct local_date, expires_at from consumptions where account_id = $1',
    [account.accountId],
  );
  expect(days).toHaveLength(1);
  for (const url of fleet.urls()) {
    const beforeMs = await databaseNowMs();
    const nowMs = await accountNowMs(url, account.admin);
    expect(nowMs).toBeGreaterThan(beforeMs - minuteMs);
    expect(nowMs).toBeLessThan((await databaseNowMs()) + minuteMs);
  }
}, 300_000);

test('a clock that jumps while passes become due ends none of them early, and each once', async () => {
  const account = await site.openAccount({ agents: 20 });
  const subscribers = await site.subscribe(account, 2);
  const endsAtMs = Math.ceil(await databaseNowMs()) + 3_000;
  const ids = await comeInEarlier(account, endsAtMs);
  jump();
  // Read until the end has passed on the database's clock, which is read after the rows.
  for (;;) {
    const { ends } = await endsOf(account);
    if ((await databaseNowMs()) >= endsAtMs) break;
    expect(ends).toBe(0);
    await wait(50);
  }
  const ended = { ends: ids.length, passes: ids.length, early: 0, running: 0 };
  await comesTrue(async () => expect(await endsOf(account)).toEqual(ended));
  await site.expectAllReceived(subscribers, 1 + 2 * ids.length);
  expect((await verifyBooks(site.source, account.accountId)).drift).toBeNull();
  site.fleet.expectNobodyDied();
});
