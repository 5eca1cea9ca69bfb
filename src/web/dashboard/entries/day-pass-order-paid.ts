import { words } from '../../words';
import type { EntryWords } from './entry-words.types';

export const dayPassOrderPaid: EntryWords<'DayPassOrderPaid'> = {
  subject: () => '',
  sentence: () => words.overview.feed.orderPaid,
};
