import { words } from '../../words';
import type { EntryWords } from './entry-words.types';

export const dayPassLotExpired: EntryWords<'DayPassLotExpired'> = {
  subject: ({ quantity }) => words.ledger.subject.unused(quantity),
  sentence: ({ quantity }) => words.overview.feed.expired(words.dashboard.passes(quantity)),
};
