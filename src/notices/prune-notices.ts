import type { DataSource } from 'typeorm';
import { noticeKeptDays } from './notice.queries';

/** Deletes the notices of all accounts that are too old. In a cluster it goes to every shard. */
export async function pruneNotices(source: DataSource): Promise<void> {
  await source.query(
    `delete from notices where created_at < clock_timestamp() - interval '${noticeKeptDays} days'`,
  );
}
