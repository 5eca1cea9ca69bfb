import fc from 'fast-check';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { loadAccessAndClock } from '../../src/access/agent-access';
import { newId } from '../../src/core/ids';
import { createLog } from '../../src/core/log';
import { AccountScope } from '../../src/db/account-scope';
import type { Command } from '../../src/ledger/commands';
import { AccountLedger } from '../../src/ledger/account-ledger';
import { LedgerWriter } from '../../src/ledger/ledger-writer';
import type { CommittedBatch } from '../../src/ledger/writer/committed-batch';
import { endOfLocalDay, localDayOf } from '../../src/time/local-day';
import { grantDayPasses } from '../../src/wallets/grant-day-passes';
import { walletsById } from '../../src/wallets/wallet.queries';
import { openTestBooks, openTestWriters, type TestBooks } from '../support/desk/books';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { hangMs } from '../support/patience';
import { size } from '../support/size';

/*
 * The answer of a mutation shows what its batch left, without a read. So whatever the batch tells of
 * a wallet and of agents must be what a read right after its commit finds.
 */

let database: TestDatabase;
let source: DataSource;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url);
  pool = openTestWriters(database.url);
});
afterAll(async () => {
  await pool.end();
  await source.destroy();
  await database.drop();
});

const agents = 3;
const agent = fc.nat({ max: agents - 1 });
const zones = ['America/New_York', 'Asia/Tokyo', 'UTC'];

const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ is: fc.constant('enter' as const), agent }) },
  fc.record({ is: fc.constant('again' as const), agent }),
  fc.record({ is: fc.constant('reverse' as const), agent }),
  fc.record({ is: fc.constant('grant' as const), quantity: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ is: fc.constant('settings' as const), allowance: fc.nat({ max: 2 }) }),
  fc.record({ is: fc.constant('zone' as const), agent, zone: fc.constantFrom(...zones) }),
  fc.record({
    is: fc.constant('status' as const),
    agent,
    status: fc.constantFrom('ACTIVE' as const, 'DEACTIVATED' as const),
  }),
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** The acts of a step are sent together, so that they share batches. */
const steps = fc.array(
  fc.record({
    acts: fc.array(act, { minLength: 1, maxLength: 6 }),
    waitHours: fc.constantFrom(0, 0, 1, 30),
    clockOffsetMs: fc.constantFrom(0, 0, 86_400_000),
  }),
  { minLength: 1, maxLength: 6 },
);

type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never;

let count = 0;

test('what a batch tells is what a read after its commit finds', async () => {
  const property = fc.asyncProperty(steps, async (taken) => {
    const slug = `committed-${(count += 1)}`;
    const books = await openTestBooks(source, database.url, { slug, agents, writers: pool });
    await books.grant(2);
    const play = player(books);
    for (const step of taken) await check(books, play, step);
  });
  await fc.assert(property, { numRuns: size(10, 25) });
  // The test would be empty if batches told nothing.
  expect(Math.min(seen.wallets, seen.passes)).toBeGreaterThan(0);
});

const seen = { wallets: 0, passes: 0 };

/** One step, and a read of all that its last batch tells. */
async function check(
  books: TestBooks,
  play: ReturnType<typeof player>,
  { acts, waitHours, clockOffsetMs }: Step,
): Promise<void> {
  books.nowMs += waitHours * 3_600_000;
  await source.query(
    'update accounts set sandbox = true, test_clock_offset_ms = $2 where id = $1',
    [books.accountId, clockOffsetMs],
  );
  const committed = await play(acts);
  if (!committed) return;
  const scope = new AccountScope(source, books.accountId);
  const [read] = await walletsById(scope, [books.walletId]);
  const told = committed.walletOf(books.walletId);
  if (told) {
    seen.wallets += 1;
    expect({ ...told, accountId: books.accountId }).toEqual(read);
  }
  const access = await loadAccessAndClock(scope, books.agentIds);
  for (const [at, id] of books.agentIds.entries()) {
    const found = committed.agentOf(id);
    if (!found) continue;
    const { runningPass } = found;
    if (runningPass) seen.passes += 1;
    expect(found.agent).toMatchObject(access[at]!.agentAccess!.agent);
    expect(runningPass && runningPass.consumptionId).toBe(
      access[at]!.agentAccess!.runningPass?.consumptionId ?? null,
    );
    expect(runningPass && runningPass.expiresAtMs).toBe(
      access[at]!.agentAccess!.runningPass?.expiresAtMs ?? null,
    );
    expect(committed.gateShutsAtMs).toBe(access[at]!.agentAccess!.gateShutsAtMs);
  }
  expect(committed.clockOffsetMs).toBe(access[0]!.clockOffsetMs);
}

/** Runs acts together; returns what the last of their batches left. */
function player(books: TestBooks) {
  const { accountId, walletId, agentIds } = books;
  const ledger = new LedgerWriter({
    pool,
    writersMax: 1,
    log: createLog({ logLevel: 'silent' }),
    waitMaxMs: hangMs,
    announce: () => {},
    fixedNowMs: () => books.nowMs,
  });
  const zoneOf = new Map<number, string>();
  const confirmations = new Map<number, string>();
  const newest = new Map<number, string>();

  const commandOf = (one: Exclude<Act, { is: 'grant' }>): Command | null => {
    const id = newId();
    switch (one.is) {
      case 'enter':
      case 'again': {
        const timeZone = zoneOf.get(one.agent) ?? 'America/New_York';
        const used = one.is === 'again' ? confirmations.get(one.agent) : undefined;
        const confirmationId = used ?? newId();
        confirmations.set(one.agent, confirmationId);
        return {
          kind: 'consume',
          id,
          agentId: agentIds[one.agent]!,
          walletId,
          ticketId: null,
          source: 'PORTAL',
          section: 'TICKETS',
          confirmationId,
          confirmationExpiresAtMs: books.nowMs + 3_600_000,
          timeZone,
          localDate: localDayOf(books.nowMs, timeZone).localDate,
          passExpiresAtMs: endOfLocalDay(books.nowMs, timeZone),
          price: null,
          emergency: false,
          notice: 'A day pass will be consumed.',
          locale: 'en',
          noticeDiffers: false,
          sessionKeyId: null,
        };
      }
      case 'reverse': {
        const consumptionId = newest.get(one.agent);
        if (!consumptionId) return null;
        return { kind: 'reverse', id, actor: null, consumptionId, reason: 'For a test' };
      }
      case 'settings':
        return { kind: 'update-wallet', id, walletId, emergencyAllowance: one.allowance };
      case 'zone':
        zoneOf.set(one.agent, one.zone);
        return {
          kind: 'change-agent',
          id,
          actor: null,
          agentId: agentIds[one.agent]!,
          timeZone: one.zone,
        };
      case 'status':
        return {
          kind: 'change-agent',
          id,
          actor: null,
          agentId: agentIds[one.agent]!,
          status: one.status,
        };
    }
  };

  return async (acts: readonly Act[]): Promise<CommittedBatch | null> => {
    let last: CommittedBatch | null = null;
    const of = new AccountLedger(ledger, accountId, (committed) => (last = committed));
    await Promise.all(
      acts.map(async (one) => {
        if (one.is === 'grant') {
          const { quantity } = one;
          const expiresAtMs = books.nowMs + 7_200_000;
          const given = { actor: null, walletId: null, reason: 'For a test', key: newId() };
          return grantDayPasses(of, { ...given, quantity, expiresAtMs });
        }
        const command = commandOf(one);
        if (!command) return;
        const outcome = await of.submit(command);
        if (command.kind !== 'consume' || outcome.status === 'refused') return;
        const { consumption } = outcome.result as { consumption: { id: string } };
        newest.set(agentIds.indexOf(command.agentId), consumption.id);
      }),
    );
    return last;
  };
}
