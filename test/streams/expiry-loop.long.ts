import { openBulkLedger, openPlainAccount } from '../support/desk/bulk';
import { createTestDatabase, openTestSource } from '../support/desk/database';
import { expectEndedOnce, runningOf } from '../support/desk/ended-passes';
import { startReplica } from '../support/desk/replica';

const hourMs = 3_600_000;
const usual = 5_000;
/** One instant at which as many passes end; by hand, `DAYPASS_TEST_BURST=100000`. */
const burst = Number(process.env.DAYPASS_TEST_BURST ?? usual);

test(
  'thousands of passes that end at one instant are each ended once, by two processes',
  async () => {
    const database = await createTestDatabase();
    const source = await openTestSource(database.url);
    const bulk = openBulkLedger(source, database.url);
    const nowMs = Date.now() - 30 * hourMs;
    const { accountId, agentIds } = await openPlainAccount(source, bulk, { agents: burst, nowMs });
    await bulk.sell(accountId, agentIds, nowMs + hourMs);
    await bulk.close();
    const startedAt = performance.now();
    const open = () => startReplica(database.url);
    const services = await Promise.all([open(), open()]);
    // Bounded by the test's own time.
    while ((await runningOf(source, accountId)) > 0)
      await new Promise((resolve) => setTimeout(resolve, 100));
    if (burst !== usual) {
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
      process.stdout.write(`${burst} passes were ended in ${seconds} s, at ${megabytes} MB.\n`);
    }
    await expectEndedOnce(source, accountId, burst);
    await Promise.all(services.map((service) => service.stop()));
    await source.destroy();
    await database.drop();
  },
  Math.max(60_000, burst * 6),
);
