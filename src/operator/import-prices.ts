import type { EntityManager } from 'typeorm';
import { DayPassPriceRow } from '../db/tables/day-pass-price';
import { PlanRow } from '../db/tables/plan';
import type { OperatorServices } from './operator';
import { planPriceChanges, type PriceChanges } from './price-changes.rules';
import { readPriceFile, type Price } from './price-file.rules';

/**
 * Changes the price list to match a file, completely or not at all; a dry run changes nothing and
 * returns the same result. Creates plans of the file that do not exist yet. Throws an
 * OperatorRefusal.
 */
export async function importPrices(
  { source }: Pick<OperatorServices, 'source'>,
  { text, dryRun }: { text: string; dryRun: boolean },
): Promise<PriceChanges> {
  const file = readPriceFile(text);
  return source.transaction(async (manager) => {
    // Imports follow each other; purchases can still read.
    await manager.query('lock table day_pass_prices in share row exclusive mode');
    const [clock]: { now: Date }[] = await manager.query(
      `select date_trunc('milliseconds', clock_timestamp()) as now`,
    );
    const changes = planPriceChanges(await manager.find(DayPassPriceRow), file, clock!.now);
    if (!dryRun) {
      const plans = new Set(file.map(({ plan }) => plan));
      await write(manager, changes, { plans: [...plans], now: clock!.now });
    }
    return changes;
  });
}

async function write(
  manager: EntityManager,
  { added, replaced, ended, removed }: PriceChanges,
  { plans, now }: { plans: string[]; now: Date },
): Promise<void> {
  const names = plans.map((name) => ({ name, createdAt: now }));
  await manager.createQueryBuilder().insert().into(PlanRow).values(names).orIgnore().execute();
  for (const price of removed) await manager.delete(DayPassPriceRow, keyOf(price));
  for (const price of [...ended, ...replaced]) {
    const { unitPriceMinor, packSize, validTo } = price;
    await manager.update(DayPassPriceRow, keyOf(price), { unitPriceMinor, packSize, validTo });
  }
  for (const price of added) await manager.insert(DayPassPriceRow, { ...price, example: false });
}

function keyOf({ plan, currency, minimumQuantity, validFrom }: Price) {
  return { plan, currency, minimumQuantity, validFrom };
}
