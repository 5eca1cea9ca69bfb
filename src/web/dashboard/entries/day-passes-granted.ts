import { words } from '../../words';
import { actorOf } from './actor';
import type { EntryWords } from './entry-words.types';

export const dayPassesGranted: EntryWords<'DayPassesGranted'> = {
  subject: () => '',
  sentence: (entry) =>
    words.overview.feed.granted(actorOf(entry), words.dashboard.passes(entry.delta), entry.reason),
  reason: ({ reason }) => reason,
};
