import type { EntryModule } from './entry-module';

type DayPassOrderCanceledPayload = {
  orderId: string;
};

/** An order was canceled before its passes came. */
export const dayPassOrderCanceled: EntryModule<
  'DayPassOrderCanceled',
  DayPassOrderCanceledPayload
> = {
  kind: 'DayPassOrderCanceled',
  makes: null,
  moves: 'NOTHING',
  delta: () => 0,
};
