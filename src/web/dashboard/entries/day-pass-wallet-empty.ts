import { words } from '../../words';
import type { EntryWords } from './entry-words.types';

export const dayPassWalletEmpty: EntryWords<'DayPassWalletEmpty'> = {
  subject: () => '',
  sentence: () => words.overview.feed.empty,
};
