import type { Feature } from '../api/feature';
import { noticesOfEntries } from './follow-notices';
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
  ],
  nodes: { Notification: loadNotificationNode },
  tasks: {
    'send-notice': { needs: 'MAILER', run: sendNotice },
    'note-webhook-paused': { needs: 'NOTHING', run: noteWebhookPaused },
    'write-due-notice': { needs: 'NOTHING', run: writeDueNotice },
  },
  followers: [noticesOfEntries],
};
