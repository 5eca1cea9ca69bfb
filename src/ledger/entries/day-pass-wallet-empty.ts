import type { EntryModule, NoPayload } from './entry-module';

/** The balance fell to zero. */
export const dayPassWalletEmpty: EntryModule<'DayPassWalletEmpty', NoPayload> = {
  kind: 'DayPassWalletEmpty',
  makes: null,
  moves: 'NOTHING',
  delta: () => 0,
};
