import type { Client } from 'pg';
import { ok, warning, type Finding } from './doctor-finding';

/**
 * Zones under which earlier releases stored two Rails names that mean another place today:
 * "Astana" became Asia/Dhaka (now Asia/Almaty), "International Date Line West" became
 * Pacific/Midway (now Etc/GMT+12).
 */
const formerMeanings = ['Asia/Dhaka', 'Pacific/Midway'];
/** More than a person would check by hand; the count shows the rest. */
const listedMax = 20;

/**
 * Agents whose stored zone may come from a Rails name that meant another place in an earlier
 * release. If the account itself is in such a zone, it is left out: its people are there. Zones are
 * never changed automatically, because only the MSP knows where its people are.
 */
export async function checkAgentZones(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ slug: string; id: string; zone: string; total: string }>(
    `select a.slug, g.id, g.time_zone as zone, count(*) over () as total
       from agents g join accounts a on a.id = g.account_id
      where g.time_zone = any($1) and g.time_zone <> a.time_zone
      order by a.slug, g.id limit $2`,
    [formerMeanings, listedMax],
  );
  const total = Number(rows[0]?.total ?? 0);
  if (total === 0)
    return ok('agent zones', 'no agent has a zone from a Rails name that has changed');
  const listed = rows.map(({ slug, id, zone }) => `${slug} ${id} (${zone})`).join(', ');
  const rest = total > rows.length ? ` and ${total - rows.length} more` : '';
  return warning(
    'agent zones',
    `these zones may come from a Rails name that has changed: ${listed}${rest}`,
    'Rails\' "Astana" is Asia/Almaty now and "International Date Line West" is Etc/GMT+12. ' +
      'Check where these agents are. If a zone is wrong, correct it with updateAgent.',
  );
}
