import type { DataSource } from 'typeorm';
import { DayPassPriceRow } from '../db/tables/day-pass-price';
import { PlanRow } from '../db/tables/plan';

/** Plan, currency, and the price in minor units from 1, 50 and 200 passes on. */
const examples: [plan: string, currency: string, one: number, fifty: number, many: number][] = [
  ['growth', 'USD', 1800, 1620, 1440],
  ['growth', 'EUR', 1700, 1530, 1360],
  ['growth', 'GBP', 1450, 1305, 1160],
  ['pro', 'USD', 1200, 1080, 960],
  ['pro', 'EUR', 1100, 990, 880],
  ['pro', 'GBP', 950, 855, 760],
  ['enterprise', 'USD', 400, 360, 300],
  ['enterprise', 'EUR', 370, 333, 280],
  ['enterprise', 'GBP', 320, 288, 240],
];

const validFrom = new Date('2024-01-01T00:00:00.000Z');

/**
 * Fills an empty price list with examples, marked as such. It is done at the start, under the
 * set-up lock, and not by a migration: nothing is ever added to an operator's own list.
 */
export async function seedExamplePrices(source: DataSource): Promise<void> {
  const prices = source.getRepository(DayPassPriceRow);
  if (await prices.exists()) return;
  const plans = [...new Set(examples.map(([plan]) => plan))];
  await source
    .createQueryBuilder()
    .insert()
    .into(PlanRow)
    .values(plans.map((name) => ({ name, createdAt: new Date() })))
    .orIgnore()
    .execute();
  await prices.insert(
    examples.flatMap(([plan, currency, one, fifty, many]) =>
      [
        { minimumQuantity: 1, unitPriceMinor: one },
        { minimumQuantity: 50, unitPriceMinor: fifty },
        { minimumQuantity: 200, unitPriceMinor: many },
      ].map((tier) => ({
        plan,
        currency,
        ...tier,
        validFrom,
        validTo: null,
        packSize: 1,
        example: true,
      })),
    ),
  );
}
