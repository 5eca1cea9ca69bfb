import { instant, integer, nullable, RowCodec, uuid, type RowOf } from './codec';

export const runningPassRow = new RowCodec('running_passes', {
  agentId: uuid('agent_id'),
  consumptionId: uuid('consumption_id'),
  walletId: uuid('wallet_id'),
  expiresAtMs: instant('expires_at'),
});

/** The one pass that an agent has running; it may be due. */
export type RunningPass = RowOf<typeof runningPassRow>;

/** Passes that were consumed below zero. */
export const emergencyPassRow = new RowCodec('emergency_passes', {
  consumptionId: uuid('consumption_id'),
  walletId: uuid('wallet_id'),
  /** The entry that recorded the consumption. */
  sequence: integer('sequence'),
  /** Null while the pass is owed. */
  settledByLotId: nullable(uuid('settled_by_lot_id')),
});
