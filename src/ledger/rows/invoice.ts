import {
  bigint,
  date,
  instant,
  integer,
  nullable,
  RowCodec,
  text,
  uuid,
  type RowOf,
} from './codec';

export const invoiceRow = new RowCodec('invoices', {
  id: uuid('id'),
  kind: text<'INVOICE' | 'CREDIT_NOTE'>('kind'),
  series: text('series'),
  /** Its place in the series, from 1 on. */
  place: integer('place'),
  orderId: uuid('order_id'),
  /** The invoice that a credit note takes back from. */
  correctsId: nullable(uuid('corrects_id')),
  walletId: uuid('wallet_id'),
  /** The entry that recorded it. */
  sequence: integer('sequence'),
  issuedOn: date('issued_on'),
  dueOn: nullable(date('due_on')),
  /** Passes that were sold or taken back. */
  quantity: integer('quantity'),
  netMinor: bigint('net_minor'),
  taxMinor: bigint('tax_minor'),
  currency: text('currency'),
  /** The canonical JSON of the document. */
  document: text('document'),
  /** SHA-256 of `document`, in hexadecimal. */
  digest: text('digest'),
  issuedAtMs: instant('issued_at'),
});

/** An invoice or a credit note. It never changes. */
export type Invoice = RowOf<typeof invoiceRow>;

export const invoiceSeriesRow = new RowCodec('invoice_series', {
  series: text('series'),
  lastNumber: integer('last_number'),
});
