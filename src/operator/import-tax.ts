import type { DataSource, EntityManager } from 'typeorm';
import { TaxRateRow } from '../db/tables/tax-rate';
import type { ListChanges } from './list-changes.rules';
import type { OperatorServices } from './operator';
import { planTaxChanges, readTaxFile, type Tax } from './tax-file.rules';

/**
 * Changes the tax rates to match a file, completely or not at all; a dry run changes nothing and
 * returns the same result. Throws an OperatorRefusal.
 */
export async function importTax(
  { source, attribution }: Pick<OperatorServices, 'source' | 'attribution'>,
  { text, dryRun }: { text: string; dryRun: boolean },
): Promise<ListChanges<Tax>> {
  const file = readTaxFile(text);
  return source.transaction(async (manager) => {
    // Imports follow each other; quotes can still read.
    await manager.query('lock table tax_rates in share row exclusive mode');
    const [clock]: { now: Date }[] = await manager.query(
      `select date_trunc('milliseconds', clock_timestamp()) as now`,
    );
    const changes = planTaxChanges(await manager.find(TaxRateRow), file, clock!.now);
    const by = { changedAt: clock!.now, changedBy: attribution.origin.userAgent ?? 'unknown' };
    if (!dryRun) await write(manager, changes, by);
    return changes;
  });
}

async function write(
  manager: EntityManager,
  { added, replaced, ended }: ListChanges<Tax>,
  by: Pick<TaxRateRow, 'changedAt' | 'changedBy'>,
): Promise<void> {
  for (const { country, validFrom, category, basisPoints, validTo } of [...ended, ...replaced]) {
    const values = { category, basisPoints, validTo, ...by };
    await manager.update(TaxRateRow, { country, validFrom }, values);
  }
  for (const { country, validFrom, category, basisPoints, validTo } of added) {
    await manager.insert(TaxRateRow, { country, validFrom, category, basisPoints, validTo, ...by });
  }
}

/** All tax rates, by country and date; those of the past too. */
export function listTax(source: DataSource): Promise<TaxRateRow[]> {
  return source
    .getRepository(TaxRateRow)
    .find({ order: { country: 'ASC', validFrom: 'ASC' }, take: 100_000 });
}
