import type { AccountManager } from '../../db/account-manager';
import type { Job } from '../../db/jobs';
import type { NoticeDraft } from '../notice';

/** A notice that is older helps nobody in a channel: the bell and the mails have it. */
const triedForHours = 24;

/**
 * A job for each channel that wants the notice. Notices that concern one agent reach no channel. The
 * jobs of one account follow each other, so a channel that hangs delays no other account's.
 */
export async function channelMessagesOf(
  transaction: AccountManager,
  notices: readonly NoticeDraft[],
): Promise<Job[]> {
  const shared = notices.filter(({ agentId }) => agentId === null);
  if (shared.length === 0) return [];
  const channels = await transaction.query<{ id: string; notices: string[]; until: string }>(
    `select id, notices,
       ((extract(epoch from clock_timestamp()) + $2::int * 3600) * 1000)::bigint::text as until
     from notice_channels where account_id = $1 order by created_at, id`,
    [triedForHours],
  );
  return shared.flatMap(({ id: noticeId, accountId, kind }) =>
    channels
      .filter((channel) => channel.notices.includes(kind))
      .map(({ id: channelId, until }) => ({
        task: 'send-channel-notice',
        payload: { accountId, noticeId, channelId, until },
        key: `send-notice ${noticeId} channel ${channelId}`,
        queue: `channels ${accountId}`,
      })),
  );
}
