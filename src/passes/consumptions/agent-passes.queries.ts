import type { KeyedRow } from '../../api/read-page';
import { totalCountMax } from '../../api/connection';
import type { RowKey } from '../../api/page.rules';
import type { AccountScope } from '../../db/account-scope';

/** The first (or last) passes of one agent, newest first. As a text, so that it is a key. */
export type AgentPageKey = string;

export function agentPageKey(agentId: string, take: number, backwards: boolean): AgentPageKey {
  return [agentId, take, backwards].join(' ');
}

/**
 * Loads the same page of many agents' passes with one statement: the ids of the consumptions and
 * their places, from the end that is read from.
 */
export async function passPages(
  scope: AccountScope,
  keys: readonly AgentPageKey[],
): Promise<KeyedRow<string>[][]> {
  const asked = keys.map((key) => key.split(' '));
  const rows = await scope.query<{ key: string; id: string; starts: number }>(
    `select asked.key, found.id, (extract(epoch from found.starts_at) * 1000000)::bigint as starts
     from unnest($2::text[], $3::uuid[], $4::integer[], $5::boolean[])
       as asked (key, agent_id, take, backwards)
     cross join lateral (
       (select id, starts_at from consumptions
        where account_id = $1 and agent_id = asked.agent_id and not asked.backwards
        order by starts_at desc, id desc limit asked.take)
       union all
       (select id, starts_at from consumptions
        where account_id = $1 and agent_id = asked.agent_id and asked.backwards
        order by starts_at, id limit asked.take)
     ) found
     order by found.starts_at desc, found.id desc`,
    [keys, ...[0, 1, 2].map((part) => asked.map((parts) => parts[part]))],
  );
  return keys.map((key, at) => {
    const found = rows
      .filter((row) => row.key === key)
      .map(({ id, starts }) => ({ row: id, key: [starts, id] as RowKey }));
    return asked[at]?.[2] === 'true' ? found.reverse() : found;
  });
}

/** Loads how many passes agents have consumed; null for more than 10,000. */
export async function passCounts(
  scope: AccountScope,
  agentIds: readonly string[],
): Promise<({ count: number | null } | null)[]> {
  const rows = await scope.query<{ id: string; count: number }>(
    `select asked.id, counted.count
     from unnest($2::uuid[]) as asked (id)
     cross join lateral (
       select count(*)::integer as count from (
         select 1 from consumptions where account_id = $1 and agent_id = asked.id limit $3) passes
     ) counted`,
    [agentIds, totalCountMax + 1],
  );
  const found = new Map(rows.map((row) => [row.id, row.count]));
  return agentIds.map((id) => {
    const count = found.get(id) ?? 0;
    return { count: count > totalCountMax ? null : count };
  });
}
