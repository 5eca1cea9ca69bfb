import type { ChannelMessage } from './channel-message';

/** What an admin sends to see whether a channel works. */
export function testMessage(about: {
  channelName: string;
  accountName: string;
  publicUrl: string;
}): ChannelMessage {
  const { channelName, accountName, publicUrl } = about;
  return {
    title: 'This channel works',
    lines: [`Notifications of ${accountName} arrive here, in “${channelName}”. This is a test.`],
    action: { label: 'Choose what arrives here', link: `${publicUrl}/admin/settings` },
    footer: accountName,
  };
}
