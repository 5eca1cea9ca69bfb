import type { EntryModule } from './entry-module';

type DayPassesPurchasedPayload = {
  purchaseId: string;
  lotId: string;
  quantity: number;
  unitPriceMinor: number;
  totalMinor: number;
  currency: string;
  /** Emergency passes that were paid back first: the ids of consumptions. */
  settled: readonly string[];
  /** Left out of a purchase without an order. */
  orderId?: string;
};

/** Passes were bought. */
export const dayPassesPurchased: EntryModule<'DayPassesPurchased', DayPassesPurchasedPayload> = {
  kind: 'DayPassesPurchased',
  makes: 'lot',
  moves: 'FILLS',
  delta: ({ quantity }) => quantity,
};
