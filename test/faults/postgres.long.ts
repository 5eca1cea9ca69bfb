import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { comesTrue, FaultSite, shortWaits } from '../support/faults/fault-site';
import { openKillablePostgres, type KillablePostgres } from '../support/faults/killable-postgres';
import { Load } from '../support/faults/load';
import { newId } from '../../src/core/ids';
import { triesPerWriteMax } from '../../src/deliveries/delivery-runner';
import { openBulkLedger } from '../support/desk/bulk';
import { openReceiver, type Receiver } from '../support/desk/receiver';

/** Between two times that the service's connections are ended. */
const takenAgainMs = 20;

let postgres: KillablePostgres;
let site: FaultSite;
let receiver: Receiver | undefined;

beforeAll(async () => {
  postgres = await openKillablePostgres({ max_connections: '50' });
  site = await FaultSite.open({ database: postgres, environment: shortWaits });
  await site.fleet.startMany(2);
});

afterAll(async () => {
  await receiver?.close();
  await site.close();
});

test('when other programs use all connections, requests are refused in time, and served once they are free', async () => {
  const account = await site.openAccount({ agents: 1_000 });
  const subscribers = await site.subscribe(account, 2);
  const load = new Load(site.fleet, account.agents);
  await load.during(async () => {
    for (let round = 0; round < 2; round += 1) {
      await load.progress(15);
      const release = await takeAllConnections();
      const before = load.refusals.length;
      try {
        await comesTrue(async () => expect(load.refusals.length).toBeGreaterThan(before + 4));
      } finally {
        // The next test needs connections too.
        await release();
      }
      await load.progress(15);
    }
  });
  await site.expectTheBooksToClose(account, { load, subscribers });
  // Every part of every process is well again, without a restart.
  await comesTrue(async () => {
    const ready = await Promise.all(site.fleet.urls().map((url) => fetch(`${url}/readyz`)));
    expect(ready.map(({ status }) => status)).toEqual([200, 200]);
  });
}, 300_000);

test('a webhook follows the journal through kills of PostgreSQL in mid-delivery', async () => {
  const { accountId } = await site.openAccount({ agents: 1 });
  const bulk = openBulkLedger(site.source, site.databaseUrl);
  await bulk.grant(accountId, 30);
  await bulk.close();
  const [{ sequence: end }] = await site.source.query(
    'select sequence from journals where account_id = $1',
    [accountId],
  );
  receiver = await openReceiver();
  const killedAtFirst = [8, 20];
  const killedAt = new Set(killedAtFirst);
  receiver.answer = async ({ body }) => {
    if (!killedAt.delete(body.data.sequence as number)) return 200;
    // The answer arrives, and its move cannot be written.
    await postgres.kill('SIGKILL');
    setTimeout(() => void postgres.start().then(endLeases), 0);
    return 200;
  };
  const endpointId = newId();
  // The lease of a try that could not be written ends only after 40 s; if it was written there is none.
  const endLeases = () =>
    site.source.query(
      `update webhook_endpoints set lease_until = clock_timestamp()
       where account_id = $1 and lease is not null`,
      [accountId],
    );
  await site.source.query(
    `insert into webhook_endpoints (account_id, id, url, kinds, state, sequence, created_at)
     values ($1, $2, $3, '{}', 'ACTIVE', 0, clock_timestamp())`,
    [accountId, endpointId, receiver.url],
  );
  await comesTrue(async () => {
    const [row] = await site.source.query(
      'select sequence, lease from webhook_endpoints where account_id = $1',
      [accountId],
    );
    expect(row).toEqual({ sequence: end, lease: null });
  });
  const ids = receiver.received.map(({ id }) => id);
  const first = receiver.received.filter(({ id }, at) => ids.indexOf(id) === at);
  expect(killedAt.size).toBe(0);
  expect(first.map(({ body }) => body.data.sequence)).toEqual(
    Array.from({ length: end as number }, (_, at) => at + 1),
  );
  // Sent again: what was not yet written at each kill, which is the most while the machine is busy.
  expect(ids.length - first.length).toBeLessThanOrEqual(killedAtFirst.length * triesPerWriteMax);
  site.fleet.expectNobodyDied();
}, 300_000);

/**
 * Other programs that want ever more connections: they take the free ones, and those of the service,
 * which are ended. What becomes free is taken again until the function returned is called, because the
 * service asks for it too.
 */
async function takeAllConnections(): Promise<() => Promise<void>> {
  const hogs: Client[] = [];
  const released = new AbortController();
  const first = await connectHog();
  const taking = (async () => {
    while (!released.signal.aborted) {
      const hog = await connectHog().catch(() => null);
      if (hog) hogs.push(hog);
      else await endConnectionsOfService(first);
    }
  })();
  return async () => {
    released.abort();
    await taking;
    await Promise.all([first, ...hogs].map((hog) => hog.end()));
  };
}

async function connectHog(): Promise<Client> {
  const hog = new Client(site.databaseUrl);
  hog.on('error', () => {});
  try {
    await hog.connect();
    return hog;
  } catch (error) {
    await hog.end().catch(() => {});
    throw error;
  }
}

async function endConnectionsOfService(by: Client): Promise<void> {
  await by.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where usename = current_user and application_name like 'daypass%'`,
  );
  await wait(takenAgainMs);
}
