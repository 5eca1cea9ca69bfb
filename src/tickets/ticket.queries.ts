import { boundedIds, searchPattern } from '../api/filter.rules';
import { rowIdOrNone } from '../api/node';
import type { OrderDirection } from '../api/order';
import type { List } from '../api/read-page';
import { spellingsOf, tidyId } from '../core/texts';
import type { AccountRows } from '../db/account-rows';
import type { AccountScope } from '../db/account-scope';
import { TicketRow } from '../db/tables/ticket';
import { wordsLike } from '../db/words';

/** Loads tickets by id. */
export function ticketsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(TicketRow | null)[]> {
  return scope.byId(TicketRow, ids);
}

/** Loads tickets by the ids that the service desk gave them; the exact spelling comes first. */
export async function ticketsByExternalId(
  scope: AccountScope,
  externalIds: readonly string[],
): Promise<(TicketRow | null)[]> {
  const rows = await scope
    .select(TicketRow)
    .andWhere('row.externalId = any(:externalIds)', { externalIds: spellingsOf(externalIds) })
    .getMany();
  const found = new Map(rows.map((row) => [row.externalId, row]));
  return externalIds.map((id) => found.get(id) ?? found.get(tidyId(id)) ?? null);
}

export interface TicketListQuery {
  filter: {
    status?: TicketRow['status'] | null;
    clientId?: string | null;
    assigneeId?: string | null;
    unassigned?: boolean | null;
    ofMyClients?: boolean | null;
    search?: string | null;
    externalIds?: readonly string[] | null;
    updatedSince?: number | null;
    createdSince?: number | null;
    createdBefore?: number | null;
  };
  orderBy: { field: keyof typeof ticketOrders; direction: OrderDirection };
}

export const ticketOrders = {
  NUMBER: [{ sql: 'row.number', kind: 'number' as const }],
  CREATED_AT: [{ sql: 'row.createdAt', kind: 'instant' as const }],
  UPDATED_AT: [{ sql: 'row.updatedAt', kind: 'instant' as const }],
};

/**
 * The tickets that match a filter. Throws BAD_USER_INPUT for an id that we never issued, a long
 * search or too many ids.
 */
export function ticketList(
  scope: AccountScope,
  { filter, orderBy }: TicketListQuery,
  /** The agent who asks; null for a service key. */
  callerId: string | null = null,
): List<TicketRow> {
  const { status, search, externalIds } = filter;
  const clientId = rowIdOrNone('Client', filter.clientId);
  const assigneeId = rowIdOrNone('Agent', filter.assigneeId);
  const rows = scope.select(TicketRow);
  if (status != null) rows.andWhere('row.status = :status', { status });
  if (clientId !== null) rows.andWhere('row.clientId = :clientId', { clientId });
  if (assigneeId !== null) rows.andWhere('row.assigneeId = :assigneeId', { assigneeId });
  if (filter.unassigned) rows.andWhere('row.assigneeId is null');
  if (filter.ofMyClients) rows.andWhere(`row.clientId in (${clientsOfAgent})`, { callerId });
  if (search != null) searchTickets(rows, search);
  if (externalIds != null) {
    rows.andWhere('row.externalId = any(:externalIds)', {
      externalIds: spellingsOf(boundedIds(externalIds)),
    });
  }
  whereTimed(rows, filter);
  const { field, direction } = orderBy;
  return { name: 'tickets', rows, order: { name: field, keys: ticketOrders[field], direction } };
}

/** Keeps the tickets that were changed or created in the given times. */
function whereTimed(
  rows: AccountRows<TicketRow>,
  { updatedSince, createdSince, createdBefore }: TicketListQuery['filter'],
): void {
  if (updatedSince != null) {
    rows.andWhere('row.updatedAt >= :updatedSince', { updatedSince: new Date(updatedSince) });
  }
  if (createdSince != null) {
    rows.andWhere('row.createdAt >= :createdSince', { createdSince: new Date(createdSince) });
  }
  if (createdBefore != null) {
    rows.andWhere('row.createdAt < :createdBefore', { createdBefore: new Date(createdBefore) });
  }
}

/** The clients with a ticket of one agent. An agent has few: the planner reads them by the assignee. */
const clientsOfAgent = `select mine.client_id from tickets mine
  where mine.account_id = $1 and mine.assignee_id = :callerId`;

/** What a search looks through, each in any case. */
const searched = [
  'row.subject',
  'row.requesterName',
  'row.requesterEmail',
  "coalesce(row.externalId, '')",
];

/** Keeps the tickets that contain the text, and the one with that number ("136" or "#136"). */
function searchTickets(rows: AccountRows<TicketRow>, search: string): void {
  const holds = searched.map((words) => wordsLike(words, ':pattern'));
  // Numbers of tickets are 32-bit: ten digits may be too many, nine never are.
  const number = /^#?(\d{1,9})$/.exec(search.trim())?.[1];
  if (number !== undefined) holds.push('row.number = :number');
  rows.andWhere(`(${holds.join(' or ')})`, {
    pattern: searchPattern(search),
    number: Number(number ?? 0),
  });
}
