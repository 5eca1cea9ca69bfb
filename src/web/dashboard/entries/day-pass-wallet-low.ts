import { words } from '../../words';
import type { EntryWords } from './entry-words.types';

export const dayPassWalletLow: EntryWords<'DayPassWalletLow'> = {
  subject: ({ threshold }) => words.ledger.subject.low(threshold),
  sentence: ({ threshold }) => words.overview.feed.low(threshold),
};
