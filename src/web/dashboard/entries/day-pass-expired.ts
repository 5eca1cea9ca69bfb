import { words } from '../../words';
import type { EntryWords } from './entry-words.types';

export const dayPassExpired: EntryWords<'DayPassExpired'> = {
  subject: ({ consumption }) => consumption.agent.name,
  sentence: ({ consumption }) => words.overview.feed.ended(consumption.agent.name),
};
