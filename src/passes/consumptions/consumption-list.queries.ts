import { rowIdOrNone } from '../../api/node';
import type { OrderDirection } from '../../api/order';
import type { List } from '../../api/read-page';
import type { AccountScope } from '../../db/account-scope';
import type { Consumption } from '../../ledger/model/ledger';
import {
  consumptionShape,
  shortConsumptionShape,
  type ListedConsumption,
} from './consumption.queries';
import type { DayPassStatus } from './consumption.type';

export interface ConsumptionListQuery {
  filter: {
    agentId?: string | null;
    clientId?: string | null;
    walletId?: string | null;
    ticketId?: string | null;
    status?: keyof typeof DayPassStatus | null;
    source?: Consumption['source'] | null;
    from?: number | null;
    to?: number | null;
    localDate?: string | null;
  };
  orderBy: { field: keyof typeof consumptionOrders; direction: OrderDirection };
  /** The account's instant: it decides which passes are over. */
  nowMs: number;
  /** Whether to read only what most lists show; default: everything. */
  isShort?: boolean;
}

export const consumptionOrders = {
  STARTS_AT: [{ sql: 'row.starts_at', kind: 'instant' as const }],
  EXPIRES_AT: [{ sql: 'row.expires_at', kind: 'instant' as const }],
};

const isStatus: Record<keyof typeof DayPassStatus, string> = {
  ACTIVE: 'row.reversed_at is null and row.expires_at > :now',
  EXPIRED: 'row.reversed_at is null and row.expires_at <= :now',
  REVERSED: 'row.reversed_at is not null',
};

/** A local date begins and ends less than a day from the same date's in UTC: the index is used. */
const startsAbout = `row.starts_at between :localDate::date - interval '2 days'
  and :localDate::date + interval '3 days'`;

/**
 * The consumptions that match a filter. Throws BAD_USER_INPUT for ids that the service never
 * issued.
 */
export function consumptionList(
  scope: AccountScope,
  { filter, orderBy, nowMs, isShort = false }: ConsumptionListQuery,
): List<ListedConsumption> {
  const rows = scope.rows<ListedConsumption>(isShort ? shortConsumptionShape : consumptionShape);
  const references = {
    agent_id: rowIdOrNone('Agent', filter.agentId),
    client_id: rowIdOrNone('Client', filter.clientId),
    wallet_id: rowIdOrNone('DayPassWallet', filter.walletId),
    ticket_id: rowIdOrNone('Ticket', filter.ticketId),
  };
  for (const [column, id] of Object.entries(references)) {
    if (id !== null) rows.andWhere(`row.${column} = :id`, { id });
  }
  const { status, source, from, to, localDate } = filter;
  if (status != null) rows.andWhere(`(${isStatus[status]})`, { now: new Date(nowMs) });
  if (source != null) rows.andWhere('row.source = :source', { source });
  if (from != null) rows.andWhere('row.starts_at >= :from', { from: new Date(from) });
  if (to != null) rows.andWhere('row.starts_at < :to', { to: new Date(to) });
  if (localDate != null) {
    rows.andWhere(`row.local_date = :localDate and ${startsAbout}`, { localDate });
  }
  const { field, direction } = orderBy;
  const order = { name: field, keys: consumptionOrders[field], direction };
  return { name: 'consumptions', rows, order };
}
