import { words } from '../../words';
import { actorOf } from './actor';
import type { EntryWords } from './entry-words.types';

export const dayPassReversed: EntryWords<'DayPassReversed'> = {
  subject: ({ consumption }) => consumption.agent.name,
  sentence: (entry) =>
    words.overview.feed.reversed(actorOf(entry), entry.consumption.agent.name, entry.reason),
  reason: ({ reversalReason }) => reversalReason,
};
