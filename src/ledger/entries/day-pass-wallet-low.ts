import type { EntryModule } from './entry-module';

type DayPassWalletLowPayload = {
  threshold: number;
};

/** The balance fell to the threshold. */
export const dayPassWalletLow: EntryModule<'DayPassWalletLow', DayPassWalletLowPayload> = {
  kind: 'DayPassWalletLow',
  makes: null,
  moves: 'NOTHING',
  delta: () => 0,
};
