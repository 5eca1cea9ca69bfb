import type { EntryModule } from './entry-module';

type DayPassLotExpiredPayload = {
  lotId: string;
  quantity: number;
};

/** A lot reached its end with passes in it. */
export const dayPassLotExpired: EntryModule<'DayPassLotExpired', DayPassLotExpiredPayload> = {
  kind: 'DayPassLotExpired',
  makes: null,
  moves: 'EMPTIES',
  delta: ({ quantity }) => -quantity,
};
