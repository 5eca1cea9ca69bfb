import type { TaxCategory } from '../../core/tax-rate';
import {
  bigint,
  boolean,
  date,
  group,
  instant,
  integer,
  nullable,
  RowCodec,
  text,
  uuid,
  type RowOf,
} from './codec';
import { money } from './money';

export const orderRow = new RowCodec('orders', {
  id: uuid('id'),
  /** Its place among the account's orders, from 1 on. */
  place: integer('place'),
  number: text('number'),
  walletId: uuid('wallet_id'),
  /** The entry that recorded it. */
  sequence: integer('sequence'),
  quantity: integer('quantity'),
  unitPrice: money('unit_price_minor', 'currency'),
  netMinor: bigint('net_minor'),
  /** Null: tax is not included. */
  tax: nullable(
    group({
      category: text<TaxCategory>('tax_category'),
      basisPoints: integer('tax_basis_points'),
      amountMinor: bigint('tax_minor'),
      note: nullable(text('tax_note')),
    }),
  ),
  grossMinor: bigint('gross_minor'),
  termsDays: integer('terms_days'),
  /** Whether the passes came with the order; else they come with the payment. */
  creditFirst: boolean('credit_first'),
  purchaseOrderNumber: nullable(text('purchase_order_number')),
  /** The agent who ordered; null for a key. */
  placedBy: nullable(uuid('placed_by')),
  placedAtMs: instant('placed_at'),
  creditedAtMs: nullable(instant('credited_at')),
  /** When its payments first reached what was to be paid. */
  paidAtMs: nullable(instant('paid_at')),
  canceledAtMs: nullable(instant('canceled_at')),
  /** The sums of its payments: what came, and what went back or was withdrawn. */
  receivedMinor: bigint('received_minor'),
  backMinor: bigint('back_minor'),
  /** The sum of its credit notes, with tax. */
  notesMinor: bigint('notes_minor'),
});

/**
 * Passes that were ordered. The instants at which they were credited, paid or canceled are set once;
 * the three sums follow its payments and credit notes.
 */
export type Order = RowOf<typeof orderRow>;

export const attemptRow = new RowCodec('payment_attempts', {
  id: uuid('id'),
  orderId: uuid('order_id'),
  gateway: text<'manual'>('gateway'),
  /** What the bank or the gateway names it. */
  reference: text('reference'),
  receivedMinor: bigint('received_minor'),
  refundedMinor: bigint('refunded_minor'),
  withdrawnMinor: bigint('withdrawn_minor'),
  reinstatedMinor: bigint('reinstated_minor'),
  receivedOn: nullable(date('received_on')),
  recordedAtMs: instant('recorded_at'),
});

/** One payment of an order. Its four counters only grow. */
export type PaymentAttempt = RowOf<typeof attemptRow>;
