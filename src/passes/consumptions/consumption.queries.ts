import type { AccountScope } from '../../db/account-scope';
import { ConsumptionRow } from '../../db/tables/consumption';
import { RunningPassRow } from '../../db/tables/running-pass';
import type { Consumption, Money } from '../../ledger/model/ledger';
import { isSameDay, passLengthMaxHours, type PassSpan } from '../../ledger/model/same-day.rules';

/** Loads consumptions by id, as the ledger has them. */
export async function consumptionsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(Consumption | null)[]> {
  const rows = await scope.byId(ConsumptionRow, ids);
  return rows.map((row) => row && consumptionOf(row));
}

/** Loads the last pass of each agent that has not ended and was not reversed; it may be due. */
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

/** Loads whether another pass of the same day was reversed, as the ledger would judge it. */
export async function dayReversals(
  scope: AccountScope,
  consumptionIds: readonly string[],
): Promise<(boolean | null)[]> {
  const rows = await scope.query<Record<'pass' | 'reversed', PassSpan>>(
    `select ${spanOf('c')} as pass, ${spanOf('other')} as reversed
     from consumptions c join consumptions other
       on other.account_id = $1 and other.agent_id = c.agent_id and other.id <> c.id
       and other.starts_at > c.starts_at - interval '${passLengthMaxHours} hours'
       and other.starts_at < c.expires_at and other.reversed_at is not null
     where c.account_id = $1 and c.id = any($2)`,
    [consumptionIds],
  );
  const sameDay = rows.filter(({ pass, reversed }) => isSameDay(pass, reversed));
  const found = new Set(sameDay.map(({ pass }) => pass.id));
  return consumptionIds.map((id) => found.has(id));
}

const spanOf = (row: string) =>
  `json_build_object('id', ${row}.id, 'agentId', ${row}.agent_id,
    'startsAtMs', (extract(epoch from ${row}.starts_at) * 1000)::bigint,
    'expiresAtMs', (extract(epoch from ${row}.expires_at) * 1000)::bigint)`;

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
