import type { EntryModule, NoPayload } from './entry-module';

/** The day of a consumed pass is over. */
export const dayPassExpired: EntryModule<'DayPassExpired', NoPayload> = {
  kind: 'DayPassExpired',
  makes: null,
  moves: 'NOTHING',
  delta: () => 0,
};
