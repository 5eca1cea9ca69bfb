import type { AccountScope } from '../db/account-scope';
import { ConsumptionRow } from '../db/tables/consumption';
import { RunningPassRow } from '../db/tables/running-pass';
import type { Consumption, Money } from '../ledger/ledger';

/** Loads consumptions by id, as the ledger has them. */
export async function consumptionsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(Consumption | null)[]> {
  const rows = await scope.byId(ConsumptionRow, ids);
  return rows.map((row) => row && consumptionOf(row));
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

/**
 * Loads whether another pass of the same agent, local date and zone was reversed: there is one
 * reversal of a day.
 */
export async function dayReversals(
  scope: AccountScope,
  consumptionIds: readonly string[],
): Promise<(boolean | null)[]> {
  const rows = await scope.query<{ id: string }>(
    `select c.id from consumptions c
     where c.account_id = $1 and c.id = any($2) and exists (
       select 1 from consumptions reversed
       where reversed.account_id = $1 and reversed.agent_id = c.agent_id
         and reversed.local_date = c.local_date and reversed.time_zone = c.time_zone
         and reversed.reversed_at is not null)`,
    [consumptionIds],
  );
  const found = new Set(rows.map((row) => row.id));
  return consumptionIds.map((id) => found.has(id));
}

/** The ledger's form of a row: instants as milliseconds, money and consent as one value each. */
export function consumptionOf(row: ConsumptionRow): Consumption {
  const { consentNotice, consentLocale, consentAt, sessionKeyId } = row;
  return {
    id: row.id,
    agentId: row.agentId,
    walletId: row.walletId,
    lotId: row.lotId,
    ticketId: row.ticketId,
    clientId: row.clientId,
    source: row.source,
    confirmationId: row.confirmationId,
    sequence: row.sequence,
    timeZone: row.timeZone,
    utcOffsetMinutes: row.utcOffsetMinutes,
    tzdataVersion: row.tzdataVersion,
    localDate: row.localDate,
    startsAtMs: row.startsAt.getTime(),
    expiresAtMs: row.expiresAt.getTime(),
    reversedAtMs: row.reversedAt?.getTime() ?? null,
    emergency: row.emergency,
    price: moneyOf(row.priceMinor, row.priceCurrency),
    consent:
      consentNotice !== null && consentLocale !== null && consentAt !== null
        ? {
            notice: consentNotice,
            locale: consentLocale,
            atMs: consentAt.getTime(),
            sessionKeyId,
          }
        : null,
  };
}

function moneyOf(minor: number | null, currency: string | null): Money | null {
  return minor !== null && currency !== null ? { minor, currency } : null;
}
