import { Resolver, Root, Subscription, type SubscribeResolverData } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { unreadStream } from './notification.streams';
import { NotificationsState } from './notification.type';

@Resolver()
export class NotificationSubscriptions {
  @Subscription(() => NotificationsState, {
    description:
      'How many notifications the caller has not read: first the present number, then a message for each new notification and each time some are marked as read. A reader that comes back receives the present number. For active agents who signed in, with or without access to the agent portal; never for an API key or a portal session.',
    subscribe: ({ context }: SubscribeResolverData<unknown, object, RequestContext>) =>
      unreadStream(context),
  })
  notificationsChanged(@Root() state: NotificationsState): NotificationsState {
    return state;
  }
}
