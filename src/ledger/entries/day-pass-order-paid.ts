import type { EntryModule } from './entry-module';

type DayPassOrderPaidPayload = {
  orderId: string;
  /** What was received in all. */
  receivedMinor: number;
  currency: string;
};

/** The payments of an order reached its total, for the first time. */
export const dayPassOrderPaid: EntryModule<'DayPassOrderPaid', DayPassOrderPaidPayload> = {
  kind: 'DayPassOrderPaid',
  makes: null,
  moves: 'NOTHING',
  delta: () => 0,
};
