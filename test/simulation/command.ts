import type { CommandOf } from '../../src/ledger/commands';

/** The commands that the simulation plays. Invitations and the operator's acts are not among them. */
export type Command = CommandOf<
  | 'advance-clock'
  | 'cancel-order'
  | 'change-agent'
  | 'consume'
  | 'consume-by-key'
  | 'credit-invoice'
  | 'expire'
  | 'grant'
  | 'purchase'
  | 'record-payment'
  | 'reverse'
  | 'revoke-key'
  | 'update-wallet'
>;
