import { instant, integer, nullable, RowCodec, text, type RowOf } from './codec';

export const accountRow = new RowCodec('accounts', {
  plan: text('plan'),
  billingMode: text<'UNBILLED' | 'BILLED'>('billing_mode'),
  /** The highest emergency allowance that an admin may set while the account is BILLED. */
  emergencyCeiling: integer('emergency_ceiling'),
  /** Null: the account is open. */
  closedAtMs: nullable(instant('closed_at')),
  /** When the gate is shut for everybody; set when the account is closed. */
  gateShutsAtMs: nullable(instant('gate_shuts_at')),
});

/** What the operator has set for the account. */
export type AccountTerms = RowOf<typeof accountRow>;
