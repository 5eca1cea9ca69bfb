import { FaultSite } from '../support/faults/fault-site';
import { Load } from '../support/faults/load';

let site: FaultSite;

beforeAll(async () => {
  site = await FaultSite.open();
  await site.fleet.startMany(2);
});

afterAll(() => site.close());

test('a process that is paused delays nobody for long, and continues in order when it wakes', async () => {
  const { fleet } = site;
  const victim = fleet.processes.find(({ isUp }) => isUp)!;
  const account = await site.openAccount({ agents: 2_000 });
  const subscribers = await site.subscribe(account, 4);
  // Who gets no answer within two seconds asks elsewhere.
  const load = new Load(fleet, account.agents, { patienceMs: 2_000 });
  await load.during(async () => {
    for (let stop = 0; stop < 2; stop += 1) {
      await load.progress(20);
      victim.freeze();
      // If it held the account's lock, PostgreSQL releases it; the other process continues to
      // serve.
      await load.progress(40);
      victim.thaw();
      await load.progress(15);
    }
  });
  await site.expectTheBooksToClose(account, { load, subscribers });
}, 300_000);
