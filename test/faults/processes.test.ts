import { FaultSite } from '../support/faults/fault-site';
import { Load } from '../support/faults/load';
import { isLong, size } from '../support/size';

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
    const account = await site.openAccount({ agents: size(200, 20_000) });
    const subscribers = await site.subscribe(account, size(2, 4));
    const load = new Load(fleet, account.agents);
    await load.during(async () => {
      for (let kill = 0; kill < size(1, 40); kill += 1) {
        await load.progress(size(8, 15));
        // In the long run another one goes while one is starting.
        const starting = isLong ? fleet.start() : null;
        await fleet.processes.find(({ isUp }) => isUp)!.kill();
        await starting;
        await load.progress(size(8, 15));
      }
    });
    expect(subscribers.some(({ closes }) => closes.length > 0)).toBe(true);
    await site.expectTheBooksToClose(account, { load, subscribers });
  },
  size(300_000, 600_000),
);
