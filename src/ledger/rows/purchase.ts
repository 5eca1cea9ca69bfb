import { bigint, instant, integer, nullable, RowCodec, uuid, type RowOf } from './codec';
import { money } from './money';

export const purchaseRow = new RowCodec('purchases', {
  id: uuid('id'),
  walletId: uuid('wallet_id'),
  lotId: uuid('lot_id'),
  /** The entry that recorded it. */
  sequence: integer('sequence'),
  quantity: integer('quantity'),
  unitPrice: money('unit_price_minor', 'currency'),
  totalMinor: bigint('total_minor'),
  /** The agent who bought the passes; null for the service itself. */
  purchasedBy: nullable(uuid('purchased_by')),
  purchasedAtMs: instant('purchased_at'),
  /** The order that it completes; null if there was none. */
  orderId: nullable(uuid('order_id')),
});

/** Passes that were bought. */
export type Purchase = RowOf<typeof purchaseRow>;
