import { words } from '../../words';
import type { EntryWords } from './entry-words.types';

export const dayPassOrderPlaced: EntryWords<'DayPassOrderPlaced'> = {
  subject: () => '',
  sentence: () => words.overview.feed.orderPlaced,
};
