import { bigint, instant, integer, nullable, RowCodec, text, type RowOf } from './codec';

export const priceRow = new RowCodec('day_pass_prices', {
  minimumQuantity: integer('minimum_quantity'),
  /** A purchase must be of a multiple of it. */
  packSize: integer('pack_size'),
  unitPriceMinor: bigint('unit_price_minor'),
  currency: text('currency'),
  validFromMs: instant('valid_from'),
  validToMs: nullable(instant('valid_to')),
});

/** The price of one pass from a quantity on, while it is valid, with what only a purchase asks. */
export type PurchasePrice = RowOf<typeof priceRow>;
/** The price of one pass from a quantity on, while it is valid. */
export type Price = Omit<PurchasePrice, 'packSize'>;
