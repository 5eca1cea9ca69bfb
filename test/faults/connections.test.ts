import { Client } from 'pg';
import { comesTrue, FaultSite, shortWaits } from '../support/faults/fault-site';
import { Load } from '../support/faults/load';
import { isCommit, openTcpProxy, type TcpProxy } from '../support/faults/tcp-proxy';
import { size } from '../support/size';

let proxy: TcpProxy;
let site: FaultSite;

beforeAll(async () => {
  site = await FaultSite.open({
    by: async (url) => (proxy = await openTcpProxy(url)),
    environment: shortWaits,
  });
  await site.fleet.startMany(2);
});

afterEach(() => {
  proxy.fateOf = () => 'pass';
  proxy.silent = false;
});

afterAll(() => site.close());

test(
  'a COMMIT that is lost, or whose answer is lost, happened once or not at all',
  async () => {
    const account = await site.openAccount({ agents: size(600, 10_000) });
    const subscribers = await site.subscribe(account, 4);
    const load = new Load(site.fleet, account.agents);
    let commits = 0;
    const lost = { lose: 0, 'lose-answer': 0 };
    proxy.fateOf = (bytes) => {
      if (!isCommit(bytes) || (commits += 1) % 3 > 0) return 'pass';
      const fate = commits % 2 ? 'lose' : 'lose-answer';
      lost[fate] += 1;
      return fate;
    };
    await load.during(() => load.progress(size(60, 5_000)));
    expect(Math.min(...Object.values(lost))).toBeGreaterThan(0);
    await site.expectTheBooksToClose(account, { load, subscribers });
  },
  size(300_000, 600_000),
);

test('a connection that goes silent in the middle of a transaction releases its account', async () => {
  const account = await site.openAccount({ agents: size(600, 5_000) });
  const subscribers = await site.subscribe(account, 2);
  const load = new Load(site.fleet, account.agents);
  await load.during(async () => {
    for (let round = 0; round < size(1, 10); round += 1) {
      await load.progress(15);
      let silenced = 0;
      proxy.fateOf = (bytes) => {
        if (silenced > 0 || !isCommit(bytes)) return 'pass';
        silenced += 1;
        return 'silence';
      };
      await comesTrue(async () => expect(silenced).toBe(1));
      // At both processes, at the one that waits for the silent connection too.
      await load.progress(size(40, 60));
    }
  });
  await site.expectTheBooksToClose(account, { load, subscribers });
}, 300_000);

test('when the whole network is silent, requests are refused in time, and served once it is back', async () => {
  const account = await site.openAccount({ agents: size(600, 5_000) });
  const subscribers = await site.subscribe(account, 2);
  const load = new Load(site.fleet, account.agents);
  await load.during(async () => {
    for (let round = 0; round < size(1, 6); round += 1) {
      await load.progress(15);
      const before = load.refusals.length;
      proxy.silent = true;
      await comesTrue(async () =>
        expect(load.refusals.length).toBeGreaterThan(before + size(4, 10)),
      );
      proxy.silent = false;
      await load.progress(30);
    }
  });
  await site.expectTheBooksToClose(account, { load, subscribers });
}, 300_000);

test('while another session holds the lock of one account, that account is refused and another is served', async () => {
  const stuck = await site.openAccount({ agents: size(100, 1_000) });
  const other = await site.openAccount({ agents: size(600, 5_000) });
  const stuckLoad = new Load(site.fleet, stuck.agents, { clients: 4 });
  const otherLoad = new Load(site.fleet, other.agents, { clients: 4 });
  await stuckLoad.during(async () => {
    await otherLoad.during(async () => {
      for (let round = 0; round < size(1, 10); round += 1) {
        await stuckLoad.progress(5);
        const holder = new Client(site.databaseUrl);
        await holder.connect();
        await holder.query('begin');
        await holder.query('select from journals where account_id = $1 for update', [
          stuck.accountId,
        ]);
        const before = stuckLoad.refusals.length;
        await comesTrue(async () => {
          expect(stuckLoad.refusals.length).toBeGreaterThan(before + size(4, 8));
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
