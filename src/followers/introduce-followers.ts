import type { DataSource } from 'typeorm';
import { everyShard } from '../db/every-shard';
import type { Follower } from './follower';

/**
 * Notes the followers that are new in this release, and places those that begin at the present end
 * there, in every journal that exists. An account that is made later has no place until it is first
 * read, which is from its first entry. Runs under the set-up lock, on a connection without the bounds
 * of requests; it takes no locks that a writer waits for.
 */
export async function introduceFollowers(
  source: DataSource,
  followers: readonly Follower[],
): Promise<void> {
  for (const { name, beginsAt } of followers) {
    await source.transaction(async (transaction) => {
      const introduced: unknown[] = await transaction.query(
        `insert into followers (name, begins_at, introduced_at) values ($1, $2, clock_timestamp())
         on conflict do nothing returning name`,
        [name, beginsAt],
      );
      if (introduced.length === 0 || beginsAt === 'FIRST_ENTRY') return;
      await transaction.query(
        everyShard(
          'new follower',
          `insert into follower_places (account_id, follower, sequence)
           select account_id, $1, sequence from journals on conflict do nothing`,
        ),
        [name],
      );
    });
  }
}
