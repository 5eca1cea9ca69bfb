import type { CommandOf } from '../../src/ledger/commands';

/** The commands that the simulation plays. Invitations and the operator's acts are not among them. */
export type Command = CommandOf<
  | 'advance-clock'
  | 'change-agent'
  | 'consume'
  | 'consume-by-key'
  | 'expire'
  | 'grant'
  | 'purchase'
  | 'reverse'
  | 'revoke-key'
  | 'update-wallet'
>;
