import { comesTrue, FaultSite, shortWaits } from '../support/faults/fault-site';
import { openKillablePostgres, type KillablePostgres } from '../support/faults/killable-postgres';
import { Load } from '../support/faults/load';
import { isLong, size } from '../support/size';

let postgres: KillablePostgres;
let site: FaultSite;

beforeAll(async () => {
  postgres = await openKillablePostgres();
  site = await FaultSite.open({ database: postgres, environment: shortWaits });
  await site.fleet.startMany(size(1, 2));
});

afterAll(() => site.close());

/** By both the server is gone at once; SIGQUIT lets its processes leave. */
const signals = isLong ? (['SIGQUIT', 'SIGKILL'] as const) : (['SIGKILL'] as const);

/** Ends one connection's process with no farewell; PostgreSQL then restarts all of itself. */
async function killOneBackend(): Promise<void> {
  const [backend]: { pid: number }[] = await site.source.query(
    `select pid from pg_stat_activity where application_name = 'daypass writer' limit 1`,
  );
  process.kill(backend!.pid, 'SIGKILL');
}

test(
  'nothing acknowledged is lost and nothing is doubled when PostgreSQL is killed under load',
  async () => {
    const account = await site.openAccount({ agents: size(200, 20_000) });
    const subscribers = await site.subscribe(account, size(2, 4));
    const load = new Load(site.fleet, account.agents);
    await load.during(async () => {
      for (let round = 0; round < size(1, 12); round += 1) {
        for (const signal of signals) {
          await load.progress(size(5, 15));
          const before = load.refusals.length;
          await postgres.kill(signal);
          await comesTrue(async () => expect(load.refusals.length).toBeGreaterThan(before));
          await postgres.start();
        }
        await load.progress(size(5, 15));
        await killOneBackend();
        await load.progress(size(5, 15));
      }
    });
    await site.expectTheBooksToClose(account, { load, subscribers });
  },
  size(300_000, 600_000),
);
