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
});

afterAll(() => site.close());

test(
  'a COMMIT that is lost, or whose answer is lost, happened once or not at all',
  async () => {
    const account = await site.openAccount({ agents: size(200, 10_000) });
    const subscribers = await site.subscribe(account, size(2, 4));
    const load = new Load(site.fleet, account.agents);
    let commits = 0;
    const lost = { lose: 0, 'lose-answer': 0 };
    proxy.fateOf = (bytes) => {
      if (!isCommit(bytes) || (commits += 1) % 3 > 0) return 'pass';
      const fate = commits % 2 ? 'lose' : 'lose-answer';
      lost[fate] += 1;
      return fate;
    };
    await load.during(async () => {
      await load.progress(size(16, 5_000));
      await comesTrue(async () => expect(Math.min(...Object.values(lost))).toBeGreaterThan(0));
    });
    await site.expectTheBooksToClose(account, { load, subscribers });
  },
  size(300_000, 600_000),
);

test('a connection that goes silent in the middle of a transaction releases its account', async () => {
  const account = await site.openAccount({ agents: size(200, 5_000) });
  const subscribers = await site.subscribe(account, 2);
  const load = new Load(site.fleet, account.agents);
  await load.during(async () => {
    for (let round = 0; round < size(1, 10); round += 1) {
      await load.progress(size(5, 15));
      let silenced = 0;
      proxy.fateOf = (bytes) => {
        if (silenced > 0 || !isCommit(bytes)) return 'pass';
        silenced += 1;
        return 'silence';
      };
      await comesTrue(async () => expect(silenced).toBe(1));
      // At both processes, at the one that waits for the silent connection too.
      await load.progress(size(16, 60));
    }
  });
  await site.expectTheBooksToClose(account, { load, subscribers });
}, 300_000);
