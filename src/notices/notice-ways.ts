import type { AccountManager } from '../db/account-manager';
import type { Job } from '../db/jobs';
import { channelMessagesOf } from './channels/channel-notices';
import { mailsOf } from './mail-notices';
import type { NoticeDraft } from './notice';

/**
 * One way in which notices leave the service. It returns the jobs that new notices need: one for each
 * notice and receiver, so that a receiver who fails delays no other and nobody gets a notice twice.
 */
export type NoticeWay = (
  transaction: AccountManager,
  notices: readonly NoticeDraft[],
) => Promise<Job[]>;

/** Every way. The bell shows the stored notices, and needs no job. */
export const noticeWays: readonly NoticeWay[] = [mailsOf, channelMessagesOf];
