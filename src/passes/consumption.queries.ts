import type { AccountScope } from '../db/account-scope';
import { ConsumptionRow } from '../db/tables/consumption';
import { RunningPassRow } from '../db/tables/running-pass';
import type { Consumption, Money } from '../ledger/ledger';

/** Loads consumptions by id, as the ledger has them. */
export async function consumptionsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(Consumption | null)[]> {
  const rows = await scope.select(ConsumptionRow).andWhere('row.id = any(:ids)', { ids }).getMany();
  const found = new Map(rows.map((row) => [row.id, consumptionOf(row)]));
  return ids.map((id) => found.get(id) ?? null);
}

/** Loads the pass that each agent took last and that has not ended or been reversed; it may be due. */
export async function runningPassesByAgent(
  scope: AccountScope,
  agentIds: readonly string[],
): Promise<(Consumption | null)[]> {
  const rows = await scope
    .select(ConsumptionRow)
    .innerJoin(
      RunningPassRow,
      'running',
      'running.accountId = row.accountId and running.consumptionId = row.id',
    )
    .andWhere('running.agentId = any(:agentIds)', { agentIds })
    .getMany();
  const found = new Map(rows.map((row) => [row.agentId, consumptionOf(row)]));
  return agentIds.map((agentId) => found.get(agentId) ?? null);
}

/** The ledger's form of a row: instants as milliseconds, money and consent as one value each. */
export function consumptionOf(row: ConsumptionRow): Consumption {
  const { consentNotice, consentLocale, consentAt } = row;
  return {
    ...row,
    startsAtMs: row.startsAt.getTime(),
    expiresAtMs: row.expiresAt.getTime(),
    reversedAtMs: row.reversedAt?.getTime() ?? null,
    price: moneyOf(row.priceMinor, row.priceCurrency),
    consent:
      consentNotice !== null && consentLocale !== null && consentAt !== null
        ? { notice: consentNotice, locale: consentLocale, atMs: consentAt.getTime() }
        : null,
  };
}

function moneyOf(minor: number | null, currency: string | null): Money | null {
  return minor !== null && currency !== null ? { minor, currency } : null;
}
