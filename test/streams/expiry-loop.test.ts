import { createLog } from '../../src/core/log';
import { sweepDueAccounts } from '../../src/ledger/due-accounts';
import { ExpiryLoop } from '../../src/ledger/expiry-loop';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { openBulkLedger, openPlainAccount, type BulkLedger } from '../support/desk/bulk';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { eventually } from '../support/desk/desk';
import { expectEndedOnce, runningOf } from '../support/desk/ended-passes';
import { startReplica } from '../support/desk/replica';
import type { TestService } from '../support/desk/service';
import type { DataSource } from 'typeorm';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** One batch ends a thousand. */
const burst = 2_100;

const quiet = createLog({ logLevel: 'silent' });

let database: TestDatabase;
let source: DataSource;
let bulk: BulkLedger;
let services: TestService[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url);
  bulk = openBulkLedger(source, database.url);
});

afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
  await bulk.close();
  await source.destroy();
  await database.drop();
});

const startTwo = async () => {
  services = await Promise.all([startReplica(database.url), startReplica(database.url)]);
};

test('a burst in one account is ended without a search for due accounts between its batches', async () => {
  const nowMs = Date.now() - 30 * hourMs;
  const { accountId, agentIds } = await openPlainAccount(source, bulk, { agents: burst, nowMs });
  await bulk.sell(accountId, agentIds, nowMs + 2 * hourMs);
  bulk.fixedNowMs = null;
  const sweeps = jest.spyOn(source, 'transaction');
  const loop = new ExpiryLoop(source, bulk.ledger, quiet);
  loop.start();
  try {
    await expectEndedOnce(source, accountId, burst);
    expect(sweeps.mock.calls.length).toBeLessThan(burst / 1_000);
  } finally {
    await loop.stop();
  }
});

test('a sandbox follows its own clock, and an account that is being seeded is left alone', async () => {
  const nowMs = Date.now() - 2 * hourMs;
  const open = () => openPlainAccount(source, bulk, { agents: 1, nowMs });
  const [plain, ahead, seeding] = [await open(), await open(), await open()];
  const inTenHours = Date.now() + 10 * hourMs;
  await bulk.sell(plain.accountId, plain.agentIds, inTenHours);
  await bulk.sell(ahead.accountId, ahead.agentIds, inTenHours);
  await bulk.sell(seeding.accountId, seeding.agentIds, nowMs + hourMs);
  bulk.fixedNowMs = null;
  await source.query(
    `update accounts set sandbox = true, test_clock_offset_ms = $2::bigint where id = $1`,
    [ahead.accountId, 10 * hourMs],
  );
  await source.query('update accounts set seeding = true where id = $1', [seeding.accountId]);
  const { nowMs: sweptAtMs, due } = await sweepDueAccounts(source, 10_000);
  expect([...due!.keys()]).toEqual([ahead.accountId]);
  expect(due!.get(ahead.accountId)).toBe(inTenHours - 10 * hourMs);
  expect((await sweepDueAccounts(source, 11 * hourMs)).due).toEqual(
    new Map([
      [plain.accountId, inTenHours],
      [ahead.accountId, inTenHours - 10 * hourMs],
    ]),
  );
  expect(Math.abs(sweptAtMs - Date.now())).toBeLessThan(hourMs);
  // Of two processes only one sweeps.
  await source.transaction(async (other) => {
    await other.query('select pg_advisory_xact_lock(4712003)');
    expect((await sweepDueAccounts(source, 11 * hourMs)).due).toBeNull();
  });
});

test('while sweeps fail, a process ends what it knows', async () => {
  const endsMs = Date.now() + 2_000;
  const nowMs = endsMs - hourMs;
  const { accountId, agentIds } = await openPlainAccount(source, bulk, { agents: 4, nowMs });
  await bulk.sell(accountId, agentIds.slice(0, 2), endsMs - hourMs / 2);
  await bulk.sell(accountId, agentIds.slice(2), endsMs);
  bulk.fixedNowMs = null;
  const loop = new ExpiryLoop(source, bulk.ledger, quiet);
  const sweeps = jest.spyOn(source, 'transaction');
  loop.start();
  try {
    // The first sweep finds these two, and notes when the others end.
    await eventually(async () => expect(await runningOf(source, accountId)).toBeLessThanOrEqual(2));
    sweeps.mockRejectedValue(new Error('A shard does not answer.'));
    await expectEndedOnce(source, accountId, 4);
  } finally {
    await loop.stop();
    sweeps.mockRestore();
  }
});

test('every pass that ended while no process ran is ended once, by two that start together', async () => {
  const nowMs = Date.now() - 30 * hourMs;
  const accounts = [];
  for (let count = 0; count < 3; count += 1) {
    const account = await openPlainAccount(source, bulk, { agents: 40, nowMs });
    const { accountId, agentIds } = account;
    await bulk.sell(accountId, agentIds.slice(0, 20), nowMs + 2 * hourMs);
    await bulk.sell(accountId, agentIds.slice(20), nowMs + 24 * hourMs);
    accounts.push(accountId);
  }
  await startTwo();
  for (const accountId of accounts) await expectEndedOnce(source, accountId, 40);
});

test('a pass is ended soon after its instant, once, with two processes running', async () => {
  const endsMs = Date.now() + 2_500;
  const nowMs = endsMs - hourMs;
  const { accountId, agentIds } = await openPlainAccount(source, bulk, { agents: 30, nowMs });
  await bulk.sell(accountId, agentIds, endsMs);
  await startTwo();
  await expectEndedOnce(source, accountId, 30);
});

test('expired lots leave the wallet even if no agent enters', async () => {
  const nowMs = Date.now() - 2 * hourMs;
  const { accountId } = await openPlainAccount(source, bulk, { agents: 1, nowMs });
  for (const quantity of [5, 7]) {
    await bulk.ledger.submit<'grant'>(accountId, {
      kind: 'grant',
      id: crypto.randomUUID(),
      actor: null,
      walletId: null,
      quantity,
      reason: 'For a test',
      expiresAtMs: nowMs + quantity * minuteMs,
      key: `lot ${quantity}`,
      keyInput: { meant: [quantity], written: [quantity] },
    });
  }
  await startTwo();
  await eventually(async () => {
    const left = await source.query('select balance from wallets where account_id = $1', [
      accountId,
    ]);
    expect(left).toEqual([{ balance: 1 }]);
  });
  const entries = await source.query(
    `select delta from journal_entries where account_id = $1 and kind = 'DayPassLotExpired'
     order by sequence`,
    [accountId],
  );
  expect(entries).toEqual([{ delta: -5 }, { delta: -7 }]);
  expect((await verifyBooks(source, accountId)).drift).toBeNull();
});

test("an agent's pass is ended in the journal before the agent's next one begins", async () => {
  const nowMs = Date.now() - 40 * hourMs;
  const { accountId, agentIds } = await openPlainAccount(source, bulk, { agents: 2, nowMs });
  const [agentId] = agentIds;
  await bulk.sell(accountId, [agentId!], nowMs + hourMs);
  // No loop has run: the ledger itself ends the first before it sells the second.
  bulk.fixedNowMs = nowMs + 2 * hourMs;
  await bulk.sell(accountId, [agentId!], nowMs + 4 * hourMs);
  await startTwo();
  await expectEndedOnce(source, accountId, 2);
  const kinds = await source.query(
    'select kind from journal_entries where account_id = $1 and agent_id = $2 order by sequence',
    [accountId, agentId],
  );
  expect(kinds.map(({ kind }: { kind: string }) => kind)).toEqual([
    'DayPassConsumed',
    'DayPassExpired',
    'DayPassConsumed',
    'DayPassExpired',
  ]);
});
