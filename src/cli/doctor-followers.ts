import type { Client } from 'pg';
import { ok, warning, type Finding } from './doctor-finding';

const part = 'followers';
/** More than a person would check by hand; the count tells the rest. */
const listedMax = 20;
/** A page is handled within seconds of its entries: minutes mean that no process does it. */
const behindMaxMinutes = 5;
/** A failure or two may be a restart of PostgreSQL. */
const failuresMax = 3;

/** Followers that fail at an account, or that have not handled its entries for minutes. */
export async function checkFollowers(
  client: Client,
  followers: readonly string[],
): Promise<Finding> {
  if (followers.length === 0) return ok(part, 'this release has none');
  const { rows } = await client.query<{
    slug: string;
    follower: string;
    entries: number;
    failures: number;
    total: string;
  }>(
    `select a.slug, f.name as follower, j.sequence - coalesce(p.sequence, 0) as entries,
       coalesce(p.failures, 0) as failures, count(*) over () as total
     from journals j join accounts a on a.id = j.account_id and not a.seeding
     cross join unnest($1::text[]) as f (name)
     left join follower_places p on p.account_id = j.account_id and p.follower = f.name
     join journal_entries e
       on e.account_id = j.account_id and e.sequence = coalesce(p.sequence, 0) + 1
     where j.sequence > coalesce(p.sequence, 0)
       and (p.failures >= $2 or e.occurred_at < clock_timestamp() - interval '1 minute' * $3::int)
     order by 1, 2 limit $4`,
    [followers, failuresMax, behindMaxMinutes, listedMax],
  );
  const total = Number(rows[0]?.total ?? 0);
  if (total === 0) return ok(part, `up to date: ${followers.join(', ')}`);
  const listed = rows.map(({ slug, follower, entries, failures }) => {
    const fails = failures > 0 ? `, failed ${failures} times in a row` : '';
    return `${follower} at ${slug}: ${entries} entries not handled${fails}`;
  });
  const rest = total > rows.length ? `, and ${total - rows.length} more` : '';
  return warning(
    part,
    `${listed.join('; ')}${rest}`,
    'Check that a process of the service runs. Its log says why a follower fails ' +
      '("a follower failed"); it tries again at least every five minutes.',
  );
}
