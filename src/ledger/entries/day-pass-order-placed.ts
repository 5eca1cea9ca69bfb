import type { EntryModule } from './entry-module';

type DayPassOrderPlacedPayload = {
  orderId: string;
  number: string;
  quantity: number;
  netMinor: number;
  grossMinor: number;
  currency: string;
};

/** Passes were ordered on terms. */
export const dayPassOrderPlaced: EntryModule<'DayPassOrderPlaced', DayPassOrderPlacedPayload> = {
  kind: 'DayPassOrderPlaced',
  makes: 'order',
  moves: 'NOTHING',
  delta: () => 0,
};
