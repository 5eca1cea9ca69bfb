import { readInstant } from '../../db/instant';
import type { AccountScope } from '../../db/account-scope';
import { NoticeChannelRow } from '../../db/tables/notice-channel';

/** Loads channels by id. */
export function channelsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(NoticeChannelRow | null)[]> {
  return scope.byId(NoticeChannelRow, ids);
}

/** The channels of the account, in the order in which they were added. */
export function listChannels(scope: AccountScope): Promise<NoticeChannelRow[]> {
  return scope.select(NoticeChannelRow).addOrderBy('row.createdAt').addOrderBy('row.id').getMany();
}

/** Records whether the last message arrived, and until when the channel wants none. */
export async function noteOutcome(
  scope: Pick<AccountScope, 'query'>,
  channelId: string,
  { isDelivered, retryInMs }: { isDelivered: boolean; retryInMs: number | null },
): Promise<void> {
  const now = await readInstant(scope);
  // The channel may have been removed meanwhile.
  await scope.query(
    `update notice_channels set
       failing_since = case when not $3 then coalesce(failing_since, $5::timestamptz) end,
       retry_at = $5::timestamptz + $4::int * interval '1 millisecond'
     where account_id = $1 and id = $2
       and ((failing_since is null) is distinct from $3 or retry_at is not null or $4::int is not null)`,
    [channelId, isDelivered, retryInMs, now],
  );
}
