import { writeLocalText } from '../../format/times';
import { words } from '../../words';
import type { EntryWords } from './entry-words.types';

export const dayPassConsumed: EntryWords<'DayPassConsumed'> = {
  subject: ({ consumption }) => consumption.agent.name,
  sentence: ({ consumption: { agent, source, emergency, expiresAtLocal } }) => {
    const who = source === 'API_KEY' ? words.overview.feed.keyOf(agent.name) : agent.name;
    const until = unbroken(writeLocalText(expiresAtLocal, 'short'));
    return emergency
      ? words.overview.feed.usedEmergency(who, until)
      : words.overview.feed.used(who, until);
  },
};

/** 'GMT-3' and not 'GMT-', '3'. */
function unbroken(text: string): string {
  return text.replaceAll('-', '\u2011');
}
