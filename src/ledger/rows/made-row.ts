import type { EntryKind } from './entry';

/**
 * Which row an entry of each kind makes. The row's unchanging columns are part of the entry's hash,
 * so who seals an entry and who verifies it must agree on this.
 */
export const madeRowOf: Readonly<Record<EntryKind, 'consumption' | 'lot' | null>> = {
  DayPassesPurchased: 'lot',
  DayPassesGranted: 'lot',
  DayPassConsumed: 'consumption',
  DayPassExpired: null,
  DayPassReversed: null,
  DayPassLotExpired: null,
  DayPassWalletLow: null,
  DayPassWalletEmpty: null,
};
