import type { TaxRate } from '../../core/tax-rate';
import type { Order, PaymentAttempt } from '../rows/order';

/** What an order needs beside its price and the data of its invoice. */
export interface Ordering {
  /** The place of the account's last order; 0 if it has none. */
  lastPlace: number;
  /** What is owed for passes that were credited, of all orders, with tax, in minor units. */
  owedMinor: number;
  /** Tax rates that are valid at the batch's instant. */
  rates: readonly TaxRate[];
  /** The seller's legal basis of an exemption. */
  exemptionNote: string | null;
}

/** An order with its payments. */
export interface LoadedOrder {
  order: Order;
  attempts: readonly PaymentAttempt[];
}
