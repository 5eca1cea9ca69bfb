import type { Desk } from './desk';

/**
 * The tables whose rows belong to an account, from the catalogue; with `column`, those that have
 * it.
 */
async function tablesOf({ site }: Desk, column = 'account_id'): Promise<string[]> {
  const rows: { name: string }[] = await site.source.query(
    `select c.relname as name from pg_class c
     join pg_attribute owner on owner.attrelid = c.oid and owner.attname = 'account_id'
     join pg_attribute a on a.attrelid = c.oid and a.attname = $1
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
    [column],
  );
  return rows.map(({ name }) => name);
}

/** How many rows of an account each table has, and a checksum of all of them. */
export async function checksumsOf(desk: Desk): Promise<Record<string, string>> {
  const tables = [...(await tablesOf(desk)), 'accounts'];
  const sums = tables.map(
    (table) => `select '${table}' as name, count(*) || ' ' || coalesce(
        md5(string_agg(md5(r::text), '' order by md5(r::text))), '') as sum
      from ${table} r where ${table === 'accounts' ? 'id' : 'account_id'} = $1`,
  );
  const rows = await desk.sql<{ name: string; sum: string }>(sums.join(' union all '));
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

/** The ids of all rows of an account, and its own. */
export async function rowIdsOf(desk: Desk): Promise<Set<string>> {
  const tables = await tablesOf(desk, 'id');
  const ids = tables.map((table) => `select id::text from ${table} where account_id = $1`);
  const rows = await desk.sql<{ id: string }>(ids.join(' union all '));
  return new Set([desk.accountId, ...rows.map(({ id }) => id)]);
}
