import { instant, integer, nullable, RowCodec, uuid, type RowOf } from './codec';
import { money } from './money';

export const lotRow = new RowCodec('lots', {
  id: uuid('id'),
  walletId: uuid('wallet_id'),
  /** The entry that brought it. */
  sequence: integer('sequence'),
  quantity: integer('quantity'),
  remaining: integer('remaining'),
  priority: integer('priority'),
  unitPrice: nullable(money('unit_price_minor', 'currency')),
  expiresAtMs: nullable(instant('expires_at')),
  createdAtMs: instant('created_at'),
});

/** Passes that came in together. Of a lot only `remaining` changes. */
export type Lot = RowOf<typeof lotRow>;
