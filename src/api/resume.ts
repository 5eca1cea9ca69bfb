import type { GraphQLSchema } from 'graphql';
import { Extensions } from 'type-graphql';
import { decodeCursor } from '../journal/cursor';
import type { RequestContext } from './context';

/** How readers of a subscription of the journal find their place again. */
interface Places<Message> {
  /** The cursor of a reader that has received the message: it continues after this cursor. */
  cursorOf: (message: Message) => string;
  /**
   * Whether the first message is the present state; if not, the stream begins at a place that no
   * message names.
   */
  beginsWithState: boolean;
}

/** What a resumable subscription keeps in its extensions. */
const extension = 'places';

/** Lets readers of a subscription with `after` come back where they left without asking for it. */
export function Resumable<Message>(places: Places<Message>): MethodDecorator {
  return Extensions({ [extension]: places });
}

/**
 * The place of one reader, for a door that sends it beside the messages and receives it when the
 * reader returns.
 */
export class ReaderPlace {
  private places: Places<unknown> | undefined;

  /** Where the stream begins, if no message is going to tell that. */
  beginning: string | null = null;
  /** The cursor of the last message; null if the stream is not a stream of the journal. */
  cursor: string | null = null;

  /**
   * `lastCursor`: the cursor that the reader received before it was cut off; it replaces `after`.
   */
  constructor(private readonly lastCursor: string | null) {}

  /** The cursor to begin behind; null: with the present. */
  async begin(
    places: Places<unknown>,
    after: string | null,
    context: RequestContext,
  ): Promise<string | null> {
    this.places = places;
    const known = this.lastCursor ?? after;
    if (known !== null || places.beginsWithState) return known;
    // A reader that is cut off before the first message has a place to come back to even so.
    this.beginning = await context.readJournalCursor();
    return this.beginning;
  }

  receive(message: unknown): void {
    this.cursor = this.places?.cursorOf(message) ?? null;
  }
}

/** Puts the reader's place, where its door keeps one, before the arguments of resumable streams. */
export function resumeAtReadersPlace(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const places = field.extensions[extension] as Places<unknown> | undefined;
    const { subscribe } = field;
    if (!places || !subscribe) continue;
    field.subscribe = async (root, args, context: RequestContext, info) => {
      const { place, resume } = context;
      if (!place && resume === null) return subscribe(root, args, context, info);
      const after = (args as { after?: string | null }).after ?? null;
      const from = place
        ? await place.begin(places, after, context)
        : newerOf(resume, after, context.accountId);
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
