import type { Feature } from '../api/feature';
import { ChangeNoticeChannelResolver } from './channels/change-channel.resolver';
import { loadChannelNode, NoticeChannelResolver } from './channels/channel.resolver';
import { sendChannelNotice } from './channels/send-channel-notice';
import { noticesOfEntries } from './follow-notices';
import { noteWebhookFailing } from './note-webhook-failing';
import { noteWebhookPaused } from './note-webhook-paused';
import {
  ChangeNotificationsResolver,
  loadNotificationNode,
  NotificationResolver,
  ViewerNotificationsResolver,
} from './notification.resolver';
import { NotificationSubscriptions } from './notification.subscriptions';
import { sendNotice } from './send-notice';
import { writeDueNotice } from './write-due-notice';

/** What happened that people should learn of: by mail, and in the bell of the pages. */
export const noticesFeature: Feature = {
  resolvers: [
    ViewerNotificationsResolver,
    NotificationResolver,
    ChangeNotificationsResolver,
    NotificationSubscriptions,
    NoticeChannelResolver,
    ChangeNoticeChannelResolver,
  ],
  nodes: { Notification: loadNotificationNode, NoticeChannel: loadChannelNode },
  tasks: {
    'send-notice': { needs: 'MAILER', run: sendNotice },
    'note-webhook-failing': { needs: 'NOTHING', run: noteWebhookFailing },
    'note-webhook-paused': { needs: 'NOTHING', run: noteWebhookPaused },
    'write-due-notice': { needs: 'NOTHING', run: writeDueNotice },
    'send-channel-notice': { needs: 'OWN_WORKERS', run: sendChannelNotice },
  },
  followers: [noticesOfEntries],
};
