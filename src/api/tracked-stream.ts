import { Extensions } from 'type-graphql';

/** How the messages of a subscription are told apart, so that a reader can continue after one. */
export interface Tracking<Message> {
  /** The id of a message: the cursor after which a reader of it continues. */
  eventIdOf: (message: Message) => string;
  /** Whether the present state comes first. Otherwise the stream begins at a place that no message names. */
  beginsWithState: boolean;
}

/** The extension of a subscription field that has its tracking. */
export const trackingExtension = 'tracking';

/** Marks a subscription with `after` whose readers continue where they left, without asking for it. */
export function Tracked<Message>(tracking: Tracking<Message>): MethodDecorator {
  return Extensions({ [trackingExtension]: tracking });
}

/**
 * Follows one reader of a stream, for a door that sends the ids of events beside them and receives the
 * last one when the reader comes back.
 */
export class StreamTracker {
  private tracking: Tracking<unknown> | undefined;
  /** The id of the place where the stream begins, if no message will have it. */
  firstEventId: string | null = null;
  /** The id of the last message; null if the stream is not tracked. */
  eventId: string | null = null;

  /** `lastEventId`: the last one that the reader received; it replaces `after`. */
  constructor(private readonly lastEventId: string | null) {}

  /** The cursor after which the stream begins; null: at the present. */
  async begin(
    tracking: Tracking<unknown>,
    after: string | null,
    readJournalCursor: () => Promise<string>,
  ): Promise<string | null> {
    this.tracking = tracking;
    const given = this.lastEventId ?? after;
    if (given !== null || tracking.beginsWithState) return given;
    // A reader that is cut off before the first message can come back too.
    this.firstEventId = await readJournalCursor();
    return this.firstEventId;
  }

  receive(message: unknown): void {
    this.eventId = this.tracking?.eventIdOf(message) ?? null;
  }
}
