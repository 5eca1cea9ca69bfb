import { writeInstant } from '../../ui/write-instant';
import { words } from '../../words';
import type { EntryWords } from './entry-words.types';

export const dayPassConsumed: EntryWords<'DayPassConsumed'> = {
  subject: ({ consumption }) => consumption.agent.name,
  sentence: ({ consumption }) => {
    const { agent, source, emergency, expiresAt, expiresAtLocal: local, timeZone } = consumption;
    const who = source === 'API_KEY' ? words.overview.feed.keyOf(agent.name) : agent.name;
    const until = writeInstant(expiresAt, { local, timeZone }, 'short');
    return emergency
      ? words.overview.feed.usedEmergency(who, until)
      : words.overview.feed.used(who, until);
  },
};
