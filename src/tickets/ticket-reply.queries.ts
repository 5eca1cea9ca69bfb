import { totalCountMax } from '../api/connection';
import type { KeyedRow, List } from '../api/read-page';
import type { AccountScope } from '../db/account-scope';
import { TicketReplyRow } from '../db/tables/ticket-reply';
import type { ShownReply } from './ticket-reply.type';

/** Loads replies by id. */
export function ticketRepliesById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(TicketReplyRow | null)[]> {
  return scope.byId(TicketReplyRow, ids);
}

/** The replies on one ticket, the oldest first. */
export function ticketReplyList(scope: AccountScope, ticketId: string): List<TicketReplyRow> {
  const keys = [{ sql: 'row.ticketRevision', kind: 'number' as const }];
  return {
    name: `replies on ${ticketId}`,
    rows: scope.select(TicketReplyRow).andWhere('row.ticketId = :ticketId', { ticketId }),
    order: { name: 'WRITTEN', keys, direction: 'ASC' },
  };
}

/** The first (or last) so many replies on one ticket. As a text, so that it is a key. */
export type ReplyPageKey = string;

export function replyPageKey(ticketId: string, take: number, backwards: boolean): ReplyPageKey {
  return [ticketId, take, backwards].join(' ');
}

/**
 * Loads the same page of many tickets' replies by one statement, each from the end that is read
 * from.
 */
export async function replyPages(
  scope: AccountScope,
  keys: readonly ReplyPageKey[],
): Promise<KeyedRow<ShownReply>[][]> {
  const asked = keys.map((key) => key.split(' '));
  const rows = await scope.query<ShownReply & { key: string; revision: number }>(
    `select asked.key, found.id, found.ticket_revision as revision, found.agent_id as "agentId",
       found.author_name as "authorName", found.body, found.created_at as "createdAt"
     from unnest($2::text[], $3::uuid[], $4::integer[], $5::boolean[])
       as asked (key, ticket_id, take, backwards)
     cross join lateral (
       (select * from ticket_replies
        where account_id = $1 and ticket_id = asked.ticket_id and not asked.backwards
        order by ticket_revision limit asked.take)
       union all
       (select * from ticket_replies
        where account_id = $1 and ticket_id = asked.ticket_id and asked.backwards
        order by ticket_revision desc limit asked.take)
     ) found
     order by found.ticket_revision`,
    [keys, ...[0, 1, 2].map((part) => asked.map((parts) => parts[part]))],
  );
  const pages = new Map(keys.map((key) => [key, [] as KeyedRow<ShownReply>[]]));
  for (const { key, revision, ...row } of rows) {
    pages.get(key)?.push({ row, key: [revision, row.id] });
  }
  return keys.map((key, at) => {
    const page = pages.get(key) ?? [];
    return asked[at]?.[2] === 'true' ? [...page].reverse() : page;
  });
}

/** Loads how many replies tickets have; null for more than 10,000. */
export async function replyCounts(
  scope: AccountScope,
  ticketIds: readonly string[],
): Promise<{ count: number | null }[]> {
  const rows = await scope.query<{ id: string; count: number }>(
    `select asked.id, counted.count from unnest($2::uuid[]) as asked (id)
     cross join lateral (
       select count(*)::integer as count from (
         select 1 from ticket_replies
         where account_id = $1 and ticket_id = asked.id limit $3) replies
     ) counted`,
    [ticketIds, totalCountMax + 1],
  );
  const found = new Map(rows.map((row) => [row.id, row.count]));
  return ticketIds.map((id) => {
    const count = found.get(id) ?? 0;
    return { count: count > totalCountMax ? null : count };
  });
}
