import { bigint, boolean, instant, integer, nullable, RowCodec, text, type RowOf } from './codec';

export const accountRow = new RowCodec('accounts', {
  plan: text('plan'),
  billingMode: text<'UNBILLED' | 'BILLED'>('billing_mode'),
  /** The highest emergency allowance that an admin may set while the account is BILLED. */
  emergencyCeiling: integer('emergency_ceiling'),
  /** Days until an invoice is due; null: nothing is sold to the account on terms. */
  termsDays: nullable(integer('terms_days')),
  /** The most that may be open at once, with tax; null: no limit is set. */
  creditLimitMinor: nullable(bigint('credit_limit_minor')),
  /** Whether the passes of an order come at once, and not when it is paid. */
  creditFirst: boolean('credit_first'),
  /** Since then no orders on terms are taken. */
  holdSinceMs: nullable(instant('hold_since')),
  /** Null: the account is open. */
  closedAtMs: nullable(instant('closed_at')),
  /** When the gate is shut for everybody; set when the account is closed. */
  gateShutsAtMs: nullable(instant('gate_shuts_at')),
});

/** What the operator has set for the account. */
export type AccountTerms = RowOf<typeof accountRow>;
