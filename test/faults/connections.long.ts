import { Client } from 'pg';
import { comesTrue, FaultSite, shortWaits } from '../support/faults/fault-site';
import { Load } from '../support/faults/load';
import { openTcpProxy, type TcpProxy } from '../support/faults/tcp-proxy';

let proxy: TcpProxy;
let site: FaultSite;

beforeAll(async () => {
  site = await FaultSite.open({
    by: async (url) => (proxy = await openTcpProxy(url)),
    environment: shortWaits,
  });
  await site.fleet.startMany(2);
});

afterAll(() => site.close());

test('when the whole network is silent, requests are refused in time, and served once it is back', async () => {
  const account = await site.openAccount({ agents: 1_000 });
  const subscribers = await site.subscribe(account, 2);
  const load = new Load(site.fleet, account.agents);
  await load.during(async () => {
    for (let round = 0; round < 2; round += 1) {
      await load.progress(15);
      const before = load.refusals.length;
      proxy.silent = true;
      await comesTrue(async () => expect(load.refusals.length).toBeGreaterThan(before + 4));
      proxy.silent = false;
      await load.progress(30);
    }
  });
  await site.expectTheBooksToClose(account, { load, subscribers });
}, 300_000);

test('while another session holds the lock of one account, that account is refused and another is served', async () => {
  // So many, and so slowly, that nobody is the last one, however long the machine makes us wait: when all
  // have come in, nobody is refused any more.
  const stuck = await site.openAccount({ agents: 1_000 });
  const other = await site.openAccount({ agents: 2_000 });
  const slowly = { clients: 4, pauseMs: 150 };
  const stuckLoad = new Load(site.fleet, stuck.agents, slowly);
  const otherLoad = new Load(site.fleet, other.agents, slowly);
  await stuckLoad.during(async () => {
    await otherLoad.during(async () => {
      for (let round = 0; round < 2; round += 1) {
        await stuckLoad.progress(5);
        const holder = new Client(site.databaseUrl);
        await holder.connect();
        await holder.query('begin');
        await holder.query('select from journals where account_id = $1 for update', [
          stuck.accountId,
        ]);
        const before = stuckLoad.refusals.length;
        await comesTrue(async () => {
          expect(stuckLoad.refusals.length).toBeGreaterThan(before + 4);
        });
        await otherLoad.progress(30);
        await holder.end();
        await stuckLoad.progress(5);
      }
    });
  });
  // A busy machine refuses a few for its own reasons; most are served.
  expect(otherLoad.refusals.length).toBeLessThan(otherLoad.acknowledged.size);
  await site.expectTheBooksToClose(stuck, { load: stuckLoad });
  await site.expectTheBooksToClose(other, { load: otherLoad });
}, 300_000);
