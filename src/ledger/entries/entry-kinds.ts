import { dayPassConsumed } from './day-pass-consumed';
import { dayPassExpired } from './day-pass-expired';
import { dayPassLotExpired } from './day-pass-lot-expired';
import { dayPassOrderCanceled } from './day-pass-order-canceled';
import { dayPassOrderPaid } from './day-pass-order-paid';
import { dayPassOrderPlaced } from './day-pass-order-placed';
import { dayPassReversed } from './day-pass-reversed';
import { dayPassWalletEmpty } from './day-pass-wallet-empty';
import { dayPassWalletLow } from './day-pass-wallet-low';
import { dayPassesGranted } from './day-passes-granted';
import { dayPassesPurchased } from './day-passes-purchased';
import { invoiceIssued } from './invoice-issued';
import type { EntryModule } from './entry-module';

/** The kinds of entries that there are. The API and the pages have a module for each of them. */
export const entryKinds = {
  DayPassConsumed: dayPassConsumed,
  DayPassExpired: dayPassExpired,
  DayPassLotExpired: dayPassLotExpired,
  DayPassOrderCanceled: dayPassOrderCanceled,
  DayPassOrderPaid: dayPassOrderPaid,
  DayPassOrderPlaced: dayPassOrderPlaced,
  DayPassReversed: dayPassReversed,
  DayPassWalletEmpty: dayPassWalletEmpty,
  DayPassWalletLow: dayPassWalletLow,
  DayPassesGranted: dayPassesGranted,
  DayPassesPurchased: dayPassesPurchased,
  InvoiceIssued: invoiceIssued,
} as const satisfies { [Kind in string]: EntryModule<Kind> };

export type EntryKind = keyof typeof entryKinds;

/** What an entry of a kind says, beyond the columns that every entry has. */
export type PayloadOf<Kind extends EntryKind> = Parameters<(typeof entryKinds)[Kind]['delta']>[0];

export function isEntryKind(kind: string): boolean {
  return Object.hasOwn(entryKinds, kind);
}
