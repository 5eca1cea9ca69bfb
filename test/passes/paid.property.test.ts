import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { newId } from '../../src/core/ids';
import { AccountScope } from '../../src/db/account-scope';
import { consumptionShape } from '../../src/passes/consumptions/consumption.queries';
import type { ReadConsumption } from '../../src/passes/consumptions/consumption.type';
import { consumptionSums } from '../../src/passes/consumptions/consumption-sums.queries';
import { paidSql } from '../../src/passes/consumptions/paid.queries';
import { recentKey, recentPasses } from '../../src/passes/usage/recent-passes.queries';
import { usageRows, type UsageGroup, type UsageRow } from '../../src/passes/usage/usage.queries';
import { periodOf, type UsageInterval } from '../../src/passes/usage/usage.rules';
import { openTestBooks, type TestBooks } from '../support/desk/books';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { size } from '../support/size';

/*
 * What was paid for passes, over random histories of purchases, grants, passes, emergencies,
 * reversals and lots that end: the passes add up to what left the lots, and every report to the list.
 */

const dayMs = 86_400_000;
const agents = 4;
const emergencyAllowance = 2;

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 4);
  // One pass alone has no price here, as the test's consumptions name none.
  await source.query(
    `insert into day_pass_prices
       (plan, currency, minimum_quantity, unit_price_minor, valid_from, example)
     values ('pro', 'USD', 2, 1250, '2024-01-01', false), ('pro', 'USD', 3, 999, '2024-01-01', false),
       ('pro', 'USD', 4, 0, '2024-01-01', false), ('pro', 'JPY', 2, 1800, '2024-01-01', false)`,
  );
  await source.query('grant update on consumptions to current_user');
});

afterAll(async () => {
  await source.destroy();
  await database.drop();
});

type Step =
  | { act: 'buy' | 'grant' | 'grantForADay'; quantity: number }
  | { act: 'use' | 'reverse'; agent: number }
  | { act: 'nextDay' | 'otherCurrency' };

const quantity = fc.integer({ min: 2, max: 4 });
const agent = fc.integer({ min: 0, max: agents - 1 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ act: fc.constant('buy' as const), quantity }) },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constantFrom('grant' as const, 'grantForADay'), quantity }),
    },
    { weight: 10, arbitrary: fc.record({ act: fc.constant('use' as const), agent }) },
    { weight: 4, arbitrary: fc.record({ act: fc.constant('reverse' as const), agent }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('nextDay' as const) }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('otherCurrency' as const) }) },
  ),
  { minLength: 20, maxLength: 40 },
);

/** Plays the steps that are possible; the others are left out. */
async function play(books: TestBooks, history: readonly Step[]): Promise<void> {
  let running = new Set<number>();
  let reversed = new Set<number>();
  for (const step of history) {
    switch (step.act) {
      case 'buy':
        await books.buy(step.quantity);
        break;
      case 'grant':
        await books.grant(step.quantity);
        break;
      case 'grantForADay':
        await books.grant(step.quantity, { expiresAtMs: books.nowMs + dayMs });
        break;
      case 'use': {
        const balance = await balanceOf(books);
        if (running.has(step.agent) || balance <= -emergencyAllowance) break;
        await books.consume(step.agent, { emergency: balance <= 0 });
        running.add(step.agent);
        break;
      }
      case 'reverse':
        if (!running.has(step.agent) || reversed.has(step.agent)) break;
        await books.reverse(step.agent);
        running.delete(step.agent);
        reversed.add(step.agent);
        break;
      case 'nextDay':
        books.nowMs += dayMs;
        await books.expire();
        running = new Set();
        reversed = new Set();
        break;
      case 'otherCurrency':
        await source.query(
          `update accounts set currency = case currency when 'USD' then 'JPY' else 'USD' end
           where id = $1`,
          [books.accountId],
        );
    }
  }
}

async function balanceOf({ accountId }: TestBooks): Promise<number> {
  const [wallet] = await source.query('select balance from wallets where account_id = $1', [
    accountId,
  ]);
  return wallet.balance;
}

/** Clients and list prices, which the ledger's own commands give to few of these passes. */
async function addClientsAndPrices({ accountId }: TestBooks): Promise<void> {
  const client = newId();
  await source.query(
    `insert into clients (account_id, id, external_id, name, created_at)
     values ($1, $2, 'acme', 'Acme', now())`,
    [accountId, client],
  );
  await source.query(
    `update consumptions set client_id = case when sequence % 3 = 0 then $2::uuid end,
       price_minor = 100 + sequence, price_currency = 'USD'
     where account_id = $1 and sequence % 5 <> 0`,
    [accountId, client],
  );
}

/** By currency: the passes that left each lot and did not end with it, at the lot's price. */
async function spentFromLots({ accountId }: TestBooks): Promise<Sums> {
  const lots: { minor: string; currency: string; drawn: number }[] = await source.query(
    `select unit_price_minor as minor, currency, quantity - remaining - coalesce((
       select sum((payload::json ->> 'quantity')::integer) from journal_entries e
       where e.account_id = lot.account_id and e.kind = 'DayPassLotExpired'
         and payload::json ->> 'lotId' = lot.id::text), 0)::integer as drawn
     from lots lot where account_id = $1 and unit_price_minor is not null`,
    [accountId],
  );
  return sumOf(
    lots
      .filter(({ drawn }) => drawn > 0)
      .map(({ minor, currency, drawn }) => ({ minor: drawn * Number(minor), currency })),
  );
}

type Sums = Record<string, number>;

function sumOf(amounts: readonly { minor: number; currency: string }[]): Sums {
  const sums: Sums = {};
  for (const { minor, currency } of amounts) sums[currency] = (sums[currency] ?? 0) + minor;
  return sums;
}

const keyOf: Record<UsageGroup, (pass: ReadConsumption) => string | null> = {
  AGENT: ({ agentId }) => agentId,
  CLIENT: ({ clientId = null }) => clientId,
  SOURCE: ({ source: how }) => how,
};

/** What a report has to say, reckoned from the list. */
function reportOf(
  passes: readonly ReadConsumption[],
  { groupBy, interval }: { groupBy: UsageGroup | null; interval: UsageInterval },
) {
  const groups = new Map<string, ReadConsumption[]>();
  for (const pass of passes) {
    const key = `${periodOf(pass.localDate, interval)} ${groupBy && keyOf[groupBy](pass)}`;
    groups.set(key, [...(groups.get(key) ?? []), pass]);
  }
  return new Map(
    [...groups].map(([key, all]) => {
      const used = all.filter(({ reversedAtMs }) => reversedAtMs === null);
      const paid = sumOf(used.flatMap((pass) => pass.paid ?? []));
      const cost = sumOf(used.flatMap((pass) => pass.price ?? []));
      return [key, { consumed: used.length, reversed: all.length - used.length, paid, cost }];
    }),
  );
}

/** The sums over the list, in total and by agent, and what each agent used in the last 30 days. */
async function expectTheSumsOf(
  { accountId, nowMs }: TestBooks,
  passes: readonly ReadConsumption[],
): Promise<void> {
  const scope = new AccountScope(source, accountId);
  const expected = (of: readonly ReadConsumption[]) => {
    const used = of.filter(({ reversedAtMs }) => reversedAtMs === null);
    return { consumed: used.length, paid: sumOf(used.flatMap(({ paid }) => paid ?? [])) };
  };
  const rows = scope.rows(consumptionShape);
  const [total] = await consumptionSums(rows, { groupBy: null, most: 1, rowsMax: 1_000 });
  expect({ consumed: total?.consumed ?? 0, paid: byCurrency(total?.paid ?? []) }).toEqual(
    expected(passes),
  );
  const [cut] = await consumptionSums(rows, { groupBy: null, most: 1, rowsMax: 2 });
  expect(cut?.read ?? 0).toBe(Math.min(2, passes.length));
  const byAgent = await consumptionSums(rows, { groupBy: 'AGENT', most: 100, rowsMax: 1_000 });
  const sinceMs = nowMs - 30 * dayMs;
  for (const { key, consumed, paid } of byAgent) {
    const own = passes.filter(({ agentId }) => agentId === key);
    expect({ consumed, paid: byCurrency(paid) }).toEqual(expected(own));
    const [recent] = await recentPasses(scope, [recentKey(key!, sinceMs)]);
    expect({ consumed: recent!.consumed, paid: byCurrency(recent!.paid) }).toEqual(
      expected(own.filter(({ startsAtMs }) => startsAtMs > sinceMs)),
    );
  }
}

test('passes add up to what left the lots, and every report adds up to the list', async () => {
  const seen = { emergencies: 0, reversed: 0, currencies: 0 };
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const slug = `paid-${newId()}`;
      const books = await openTestBooks(source, database.url, { slug, agents, emergencyAllowance });
      try {
        await play(books, history);
        await addClientsAndPrices(books);
        const scope = new AccountScope(source, books.accountId);
        const passes: ReadConsumption[] = await scope
          .rows(consumptionShape)
          .addSelect(paidSql, 'paid')
          .getMany();
        const sums = sumOf(passes.flatMap(({ paid }) => paid ?? []));
        expect(sums).toEqual(await spentFromLots(books));
        seen.emergencies += passes.filter(({ emergency, paid }) => emergency && paid).length;
        seen.reversed += passes.filter(({ reversedAtMs }) => reversedAtMs !== null).length;
        if (Object.keys(sums).length > 1) seen.currencies += 1;

        for (const groupBy of [null, 'AGENT', 'CLIENT', 'SOURCE'] as const) {
          for (const interval of ['DAY', 'WEEK', 'MONTH'] as const) {
            const range = {
              from: '2026-03-01',
              to: '2027-03-01',
              walletId: null,
              most: 1_000,
              top: null,
            };
            const rows = await usageRows(scope, { ...range, groupBy, interval });
            const reported = rows.map(({ periodStart, key, consumed, reversed, paid, cost }) => [
              `${periodStart} ${key}`,
              { consumed, reversed, paid: byCurrency(paid), cost: byCurrency(cost) },
            ]);
            const busiest = await usageRows(scope, { ...range, groupBy, interval, top: 1 });
            expect(new Set(busiest.map(({ key }) => key)).size).toBe(Math.min(1, rows.length));
            expect(sumOfKey(rows, busiest[0]?.key)).toBe(mostOfAKey(rows));
            expect(Object.fromEntries(reported)).toEqual(
              Object.fromEntries(reportOf(passes, { groupBy, interval })),
            );
          }
        }
        await expectTheSumsOf(books, passes);
      } finally {
        await books.close();
      }
    }),
    { numRuns: size(4, 12), seed: 20_261_133 },
  );
  // The histories have what the test is about.
  expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
});

type KeyRow = Pick<UsageRow, 'key' | 'consumed'>;

function sumOfKey(rows: readonly KeyRow[], key: string | null | undefined): number {
  return rows.reduce((sum, row) => (row.key === key ? sum + row.consumed : sum), 0);
}

function mostOfAKey(rows: readonly KeyRow[]): number {
  return Math.max(0, ...rows.map(({ key }) => sumOfKey(rows, key)));
}

/** A report's sums. Each currency is in it once. */
function byCurrency(amounts: readonly { minor: number; currency: string }[]): Sums {
  const sums = sumOf(amounts);
  expect(Object.keys(sums)).toHaveLength(amounts.length);
  return sums;
}
