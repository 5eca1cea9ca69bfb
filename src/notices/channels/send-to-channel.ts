import { openSealed } from '../../core/sealed-text';
import type { NoticeChannelRow } from '../../db/tables/notice-channel';
import { tryPost } from '../../deliveries/try-post';
import type { TryResult } from '../../deliveries/try.rules';
import type { ChannelMessage } from './channel-message';
import { refuseChannelUrl, type ChannelKind, type ChannelRules } from './channel-url.rules';
import { slackMessage } from './slack-message';
import { teamsCard } from './teams-card';

/** What is needed to send to channels. */
export interface ChannelSender {
  /** Of the service: it opens the sealed addresses. */
  key: Uint8Array;
  rules: ChannelRules;
  /** The database's clock. */
  nowMs: () => number;
}

/** Both answer within a second or two. */
const timeoutMs = 10_000;

const forms: Record<ChannelKind, (message: ChannelMessage) => object> = {
  SLACK: slackMessage,
  TEAMS: teamsCard,
};

/** Sends a message to a channel once. Never rejects: every failure is a result. */
export async function sendToChannel(
  { key, rules, nowMs }: ChannelSender,
  channel: NoticeChannelRow,
  message: ChannelMessage,
): Promise<TryResult> {
  const url = urlOf(channel, key);
  // The operator may have shortened the list of hosts since the channel was saved.
  const refused = refuseChannelUrl(channel.kind, url, rules);
  if (refused) {
    const none = { status: null, answer: null, retryAfterMs: null, milliseconds: 0 };
    return { ...none, error: refused.message };
  }
  const body = JSON.stringify(forms[channel.kind](message));
  return tryPost({ url, body }, { rules, nowMs, timeoutMs });
}

export function urlOf({ accountId, id, sealedUrl }: NoticeChannelRow, key: Uint8Array): string {
  return openSealed(sealedUrl, placeOf(accountId, id, key));
}

/** Where the address of a channel is sealed. */
export function placeOf(accountId: string, channelId: string, key: Uint8Array) {
  return { secret: key, purpose: 'notice channel', owner: `${accountId} ${channelId}` };
}
