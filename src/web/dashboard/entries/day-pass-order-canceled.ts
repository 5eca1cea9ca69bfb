import { words } from '../../words';
import type { EntryWords } from './entry-words.types';

export const dayPassOrderCanceled: EntryWords<'DayPassOrderCanceled'> = {
  subject: () => '',
  sentence: () => words.overview.feed.orderCanceled,
};
