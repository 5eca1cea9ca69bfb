import type { GraphQLSchema } from 'graphql';
import { decodeCursor } from '../journal/cursor';
import type { RequestContext } from './context';
import { trackingExtension, type Tracking } from './tracked-stream';

/** Begins tracked subscriptions after the last event that their reader received. */
export function resumeTrackedStreams(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const tracking = field.extensions[trackingExtension] as Tracking<unknown> | undefined;
    const { subscribe } = field;
    if (!tracking || !subscribe) continue;
    field.subscribe = async (root, args, context: RequestContext, info) => {
      const { tracker, lastEventId, reads } = context;
      if (!tracker && lastEventId === null) return subscribe(root, args, context, info);
      const after = (args as { after?: string | null }).after ?? null;
      const from = tracker
        ? await tracker.begin(tracking, after, () => reads.journalCursor())
        : newerOf(lastEventId, after, context.account.id);
      return subscribe(root, { ...args, after: from }, context, info);
    };
  }
}

/**
 * The later of two cursors of an account's journal: a client that comes back repeats the `after` that
 * it began with. Throws BAD_USER_INPUT if one of them is not of that journal.
 */
function newerOf(one: string | null, other: string | null, accountId: string): string | null {
  const sequenceOf = (cursor: string | null) =>
    cursor === null ? -1 : decodeCursor(cursor, accountId).sequence;
  return sequenceOf(one) > sequenceOf(other) ? one : other;
}
