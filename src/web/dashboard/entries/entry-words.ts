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
import type { EntryKindName, EntryWords } from './entry-words.types';

const entryWords: { readonly [Kind in EntryKindName]: EntryWords<Kind> } = {
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
};

/** What the pages say of an entry; null for a kind that is newer than this page. */
export function wordsFor({
  __typename,
}: {
  __typename: string;
}): (typeof entryWords)[EntryKindName] | null {
  return Object.hasOwn(entryWords, __typename) ? entryWords[__typename as EntryKindName] : null;
}
