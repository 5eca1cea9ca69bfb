import { rowIdOrNone } from '../../api/node';
import type { OrderDirection } from '../../api/order';
import type { List } from '../../api/read-page';
import type { AccountScope } from '../../db/account-scope';
import { ConsumptionRow } from '../../db/tables/consumption';
import type { DayPassStatus } from './consumption.type';

export interface ConsumptionListQuery {
  filter: {
    agentId?: string | null;
    clientId?: string | null;
    walletId?: string | null;
    ticketId?: string | null;
    status?: keyof typeof DayPassStatus | null;
    source?: ConsumptionRow['source'] | null;
    from?: number | null;
    to?: number | null;
    localDate?: string | null;
  };
  orderBy: { field: keyof typeof consumptionOrders; direction: OrderDirection };
  /** The account's instant: it decides which passes are over. */
  nowMs: number;
}

export const consumptionOrders = {
  STARTS_AT: [{ sql: 'row.startsAt', kind: 'instant' as const }],
  EXPIRES_AT: [{ sql: 'row.expiresAt', kind: 'instant' as const }],
};

const isStatus: Record<keyof typeof DayPassStatus, string> = {
  ACTIVE: 'row.reversedAt is null and row.expiresAt > :now',
  EXPIRED: 'row.reversedAt is null and row.expiresAt <= :now',
  REVERSED: 'row.reversedAt is not null',
};

/** A local date begins and ends less than a day from the same date's in UTC: the index is used. */
const startsAbout = `row.startsAt between :localDate::date - interval '2 days'
  and :localDate::date + interval '3 days'`;

/**
 * The consumptions that match a filter. Throws BAD_USER_INPUT for ids that the service never
 * issued.
 */
export function consumptionList(
  scope: AccountScope,
  { filter, orderBy, nowMs }: ConsumptionListQuery,
): List<ConsumptionRow> {
  const rows = scope.select(ConsumptionRow);
  const references = {
    agentId: rowIdOrNone('Agent', filter.agentId),
    clientId: rowIdOrNone('Client', filter.clientId),
    walletId: rowIdOrNone('DayPassWallet', filter.walletId),
    ticketId: rowIdOrNone('Ticket', filter.ticketId),
  };
  for (const [name, id] of Object.entries(references)) {
    if (id !== null) rows.andWhere(`row.${name} = :${name}`, { [name]: id });
  }
  const { status, source, from, to, localDate } = filter;
  if (status != null) rows.andWhere(`(${isStatus[status]})`, { now: new Date(nowMs) });
  if (source != null) rows.andWhere('row.source = :source', { source });
  if (from != null) rows.andWhere('row.startsAt >= :from', { from: new Date(from) });
  if (to != null) rows.andWhere('row.startsAt < :to', { to: new Date(to) });
  if (localDate != null) {
    rows.andWhere(`row.localDate = :localDate and ${startsAbout}`, { localDate });
  }
  const { field, direction } = orderBy;
  const order = { name: field, keys: consumptionOrders[field], direction };
  return { name: 'consumptions', rows, order };
}
