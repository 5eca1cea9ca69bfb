/** Where a wallet's next pass comes from; null: the wallet has none left. */
export type PassOrigin = 'LOT' | 'EMERGENCY' | null;

/**
 * Passes in lots come first; then the allowance permits some to be owed. What is owed counts, not the
 * balance: lots past their end that were too many for one batch are still in it.
 */
export function originOfNextPass(wallet: {
  /** Passes in lots that have not reached their end. */
  drawable: number;
  owed: number;
  emergencyAllowance: number;
}): PassOrigin {
  if (wallet.drawable > 0) return 'LOT';
  return wallet.owed < wallet.emergencyAllowance ? 'EMERGENCY' : null;
}
