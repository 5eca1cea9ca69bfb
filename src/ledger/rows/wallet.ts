import {
  bytes,
  instant,
  integer,
  integers,
  nullable,
  RowCodec,
  text,
  uuid,
  type RowOf,
} from './codec';

export const storedWalletRow = new RowCodec('wallets', {
  id: uuid('id'),
  name: text('name'),
  /** Null: the account's own wallet. Otherwise it serves only this client's tickets. */
  clientId: nullable(uuid('client_id')),
  balance: integer('balance'),
  lowBalanceThreshold: nullable(integer('low_balance_threshold')),
  /** The other thresholds, highest first. */
  lowerThresholds: integers('lower_thresholds'),
  emergencyAllowance: integer('emergency_allowance'),
  frozenAtMs: nullable(instant('frozen_at')),
  lastSequence: integer('last_sequence'),
  lastWalletSequence: integer('last_wallet_sequence'),
  /** The hash of its last entry. */
  lastHash: bytes('last_hash'),
});

/** The wallet as commands are decided on: hashes are computed after the decisions. */
export const walletRow = storedWalletRow.without('lastHash');

export type Wallet = RowOf<typeof walletRow>;
export type StoredWallet = RowOf<typeof storedWalletRow>;
