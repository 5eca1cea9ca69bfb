import type { Client } from 'pg';
import { ok, warning, type Finding } from './doctor-finding';

const part = 'webhooks';
/** More than a person would check by hand; the count tells the rest. */
const listedMax = 20;
/** A receiver that restarts is back by then. */
const failingMaxMinutes = 15;

/** Endpoints that have failed for some time, or that failures have paused. */
export async function checkWebhooks(client: Client): Promise<Finding> {
  const { rows } = await client.query<{
    slug: string;
    host: string;
    state: string;
    since: Date;
    total: string;
  }>(
    `select a.slug, substring(e.url from '^[a-z]+://([^/?#]+)') as host, e.state,
       coalesce(e.failing_since, e.paused_at) as since, count(*) over () as total
     from webhook_endpoints e join accounts a on a.id = e.account_id
     where e.state = 'PAUSED_FAILING' or (e.state = 'ACTIVE'
       and e.failing_since < clock_timestamp() - interval '1 minute' * $1::int)
     order by 1, 2 limit $2`,
    [failingMaxMinutes, listedMax],
  );
  const total = Number(rows[0]?.total ?? 0);
  if (total === 0) return ok(part, 'no endpoint fails');
  const listed = rows.map(({ slug, host, state, since }) => {
    const what = state === 'ACTIVE' ? 'fails' : 'was paused: it has failed';
    return `${host} of ${slug} ${what} since ${since.toISOString()}`;
  });
  const rest = total > rows.length ? `, and ${total - rows.length} more` : '';
  return warning(
    part,
    `${listed.join('; ')}${rest}`,
    "An admin of the account sees why at Admin > Day passes > Webhooks. Delivery continues at the endpoint's place.",
  );
}
