import { FaultSite } from '../support/faults/fault-site';
import { Load } from '../support/faults/load';
import { size } from '../support/size';

let site: FaultSite;

beforeAll(async () => {
  site = await FaultSite.open();
  await site.fleet.startMany(2);
});

afterAll(() => site.close());

test(
  'nothing acknowledged is lost and nothing is doubled when processes are killed under load',
  async () => {
    const { fleet } = site;
    const account = await site.openAccount({ agents: size(1_000, 20_000) });
    const subscribers = await site.subscribe(account, 4);
    const load = new Load(fleet, account.agents);
    await load.during(async () => {
      for (let kill = 0; kill < size(1, 40); kill += 1) {
        await load.progress(15);
        const starting = fleet.start();
        // Another one goes while one is starting.
        await fleet.processes.find(({ isUp }) => isUp)!.kill();
        await starting;
        await load.progress(15);
      }
    });
    expect(subscribers.some(({ closes }) => closes.length > 0)).toBe(true);
    await site.expectTheBooksToClose(account, { load, subscribers });
  },
  size(300_000, 600_000),
);

test(
  'a process that is paused delays nobody for long, and continues in order when it wakes',
  async () => {
    const { fleet } = site;
    const victim = fleet.processes.find(({ isUp }) => isUp)!;
    const account = await site.openAccount({ agents: size(1_000, 10_000) });
    const subscribers = await site.subscribe(account, 4);
    // Who gets no answer within two seconds asks elsewhere.
    const load = new Load(fleet, account.agents, { patienceMs: 2_000 });
    await load.during(async () => {
      for (let stop = 0; stop < size(1, 8); stop += 1) {
        await load.progress(20);
        victim.freeze();
        // If it held the account's lock, PostgreSQL releases it; the other process continues to
        // serve.
        await load.progress(size(40, 60));
        victim.thaw();
        await load.progress(size(15, 30));
      }
    });
    await site.expectTheBooksToClose(account, { load, subscribers });
  },
  size(300_000, 600_000),
);
