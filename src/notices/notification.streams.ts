import type { RequestContext } from '../api/context';
import type { MessageStream } from '../api/stream';
import { watchedStream } from '../api/watched-stream';
import { readUnread } from './notification.queries';

/**
 * How many notifications the caller has not read: the present number first, then a message for each
 * new notification and each mark. A hint about the agent wakes it: the follower sends one for each new
 * notice, and so does a mark in another window.
 */
export function unreadStream(context: RequestContext): MessageStream<{ unread: number }> {
  const { agentId } = context.caller.viewer;
  return watchedStream(
    context,
    { right: 'notices:read', wakesOnEntry: () => false, wakesOnState: () => false },
    async function* (account) {
      let sent: { unread: number; newest: number } | null = null;
      while (!account.isClosed && agentId !== null) {
        const state = await readUnread(context.account.scope, agentId);
        await account.requireRight();
        const isNew = sent?.unread !== state.unread || sent.newest !== state.newest;
        sent = state;
        if (isNew) yield { unread: state.unread };
        await account.wait();
      }
    },
  );
}
