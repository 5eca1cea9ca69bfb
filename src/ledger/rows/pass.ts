import { instant, integer, nullable, RowCodec, uuid, type RowOf } from './codec';

export const runningPassRow = new RowCodec('running_passes', {
  agentId: uuid('agent_id'),
  consumptionId: uuid('consumption_id'),
  walletId: uuid('wallet_id'),
  expiresAtMs: instant('expires_at'),
});

/** The one pass that an agent has running; it may be due. */
export type RunningPass = RowOf<typeof runningPassRow>;

/**
 * A pass that was used below zero: it is owed until a later lot pays for it. It has its own table
 * because only `reversed_at` of a consumption may change. A reversal needs the lot that paid: the
 * pass returns to it, or to no lot while it is owed.
 */
export const emergencyPassRow = new RowCodec('emergency_passes', {
  consumptionId: uuid('consumption_id'),
  walletId: uuid('wallet_id'),
  /** The entry that recorded the consumption. */
  sequence: integer('sequence'),
  /** Null while the pass is owed. */
  settledByLotId: nullable(uuid('settled_by_lot_id')),
});
