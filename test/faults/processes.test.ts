import { FaultSite, size } from '../support/fault-site';
import { Load } from '../support/load';

let site: FaultSite;

beforeEach(async () => {
  site = await FaultSite.open();
});

afterEach(() => site.close());

test(
  'nothing acknowledged is lost and nothing is doubled when processes are killed under load',
  async () => {
    const { fleet } = site;
    await fleet.startMany(3);
    const account = await site.openAccount({ agents: size(1_500, 20_000) });
    const subscribers = await site.subscribe(account, 6);
    const load = new Load(fleet, account.agents);
    await load.during(async () => {
      for (let kill = 0; kill < size(4, 40); kill += 1) {
        await load.progress(30);
        const victim = fleet.processes.find(({ isUp }) => isUp)!;
        await victim.kill();
        await load.progress(30);
        await fleet.start();
      }
    });
    expect(subscribers.some(({ closes }) => closes.length > 0)).toBe(true);
    await site.expectTheBooksToClose(account, { load, subscribers });
  },
  size(60_000, 600_000),
);

test(
  'a process that is stopped holds up nobody for long, and goes on in order when it wakes',
  async () => {
    const { fleet } = site;
    const [victim] = await fleet.startMany(2);
    const account = await site.openAccount({ agents: size(1_500, 10_000) });
    const subscribers = await site.subscribe(account, 4);
    // Who gets no answer within three seconds asks elsewhere.
    const load = new Load(fleet, account.agents, { patienceMs: 3_000 });
    await load.during(async () => {
      for (let stop = 0; stop < size(1, 8); stop += 1) {
        await load.progress(50);
        victim!.freeze();
        // If it held the account's lock, PostgreSQL takes it away; the other process serves on.
        await load.progress(150);
        victim!.thaw();
        await load.progress(100);
      }
    });
    await site.expectTheBooksToClose(account, { load, subscribers });
  },
  size(60_000, 600_000),
);
