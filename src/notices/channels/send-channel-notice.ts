import type { DataSource } from 'typeorm';
import { AccountScope } from '../../db/account-scope';
import type { NoticeChannelRow } from '../../db/tables/notice-channel';
import type { Notice } from '../notice';
import { noticeWords } from '../notice-kinds';
import { noticesById } from '../notice.queries';
import type { ChannelMessage } from './channel-message';
import { isWorthRetrying, outcomeOf } from './channel-try.rules';
import { channelsById, noteOutcome } from './channel.queries';
import { sendToChannel, type ChannelSender } from './send-to-channel';

interface Services {
  source: DataSource;
  channels: ChannelSender;
  publicUrl: string;
}

/**
 * Sends a notice to a channel. It rejects if another try may succeed, so that the job is tried again,
 * and not before the channel's `Retry-After`. After a success nothing rejects: no message is sent twice.
 */
export async function sendChannelNotice(
  { source, channels, publicUrl }: Services,
  payload: { accountId: string; noticeId: string; channelId: string; until: string },
): Promise<void> {
  const scope = new AccountScope(source, payload.accountId);
  const [channel] = await channelsById(scope, [payload.channelId]);
  const [notice] = await noticesById(scope, [payload.noticeId]);
  if (!channel || !notice || !isDue(channel, notice, payload.until, channels.nowMs())) return;
  const result = await sendToChannel(channels, channel, messageOf(notice, publicUrl));
  const outcome = outcomeOf(result);
  const noted = noteOutcome(scope, channel.id, outcome);
  if (outcome.isDelivered || !isWorthRetrying(result)) await noted.catch(() => {});
  else await noted.then(() => Promise.reject(new Error(`the channel ${reasonOf(result)}`)));
}

/** Throws if the channel wants nothing yet. */
function isDue(
  { notices, retryAt }: NoticeChannelRow,
  { kind }: Notice,
  until: string,
  nowMs: number,
): boolean {
  if (!notices.includes(kind) || nowMs > Number(until)) return false;
  if ((retryAt?.getTime() ?? 0) > nowMs) {
    throw new Error(`the channel accepts nothing until ${retryAt!.toISOString()}`);
  }
  return true;
}

function messageOf(notice: Notice, publicUrl: string): ChannelMessage {
  // A channel has no language of its own.
  const { subject, sentence, linkText, linkPath } = noticeWords(notice, notice.names.language);
  return {
    title: subject,
    lines: [sentence],
    action: { label: linkText, link: `${publicUrl}${linkPath}` },
    footer: notice.names.account,
  };
}

function reasonOf({ status, error }: { status: number | null; error: string | null }): string {
  return status === null ? `did not answer: ${error}` : `answered ${status}`;
}
