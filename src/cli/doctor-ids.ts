import type { Client } from 'pg';
import { everyShard } from '../db/every-shard';
import { ok, warning, type Finding } from './doctor-finding';

/** More than a person would check by hand; the count shows the rest. */
const listedMax = 20;

/** The rows of one table whose external ids are one id in its tidy form (`tidyId`). */
const twinsOf = (table: 'tickets' | 'clients') => `
  select account_id, '${table}' as kind, array_agg(id::text order by id) as ids
    from ${table} where external_id is not null
   group by account_id, btrim(normalize(external_id, nfc), E' \\t\\r\\n\\u00a0')
  having count(*) > 1`;

/**
 * Tickets and clients whose external ids differ only in blanks around them or in how their letters
 * are composed. An earlier release stored them as two; they are never merged automatically.
 */
export async function checkExternalIds(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ slug: string; kind: string; ids: string[]; total: string }>(
    everyShard(
      'twin ids',
      `select a.slug, twins.kind, twins.ids, count(*) over () as total
       from (${twinsOf('tickets')} union all ${twinsOf('clients')}) twins
       join accounts a on a.id = twins.account_id
      order by a.slug, twins.kind, twins.ids limit $1`,
    ),
    [listedMax],
  );
  const total = Number(rows[0]?.total ?? 0);
  if (total === 0)
    return ok('external ids', 'all external ids differ by more than blanks or Unicode composition');
  const listed = rows.map(({ slug, kind, ids }) => `${slug} ${kind} ${ids.join(' and ')}`);
  const rest = total > rows.length ? `, and ${total - rows.length} more` : '';
  return warning(
    'external ids',
    `these differ only by blanks or Unicode composition: ${listed.join(', ')}${rest}`,
    'These rows have the same id in the service desk. Each row is found by its exact spelling. An import ' +
      'without blanks updates the row without blanks.',
  );
}
