import type { CancelOrder } from '../../../src/ledger/books/cancel-order';
import type { Purchase } from '../../../src/ledger/books/purchase';
import type { RecordPayment } from '../../../src/ledger/books/record-payment';
import type { AccountTerms, Ledger, Order } from '../../../src/ledger/model/ledger';
import { operatorActor } from '../../../src/operator/operator';
import { party } from '../../invoices/documents';
import { ledgerOf } from './ledger';

/** A ledger that sells passes on terms: 8.80 each (880 of the smallest unit), with 19 % tax. */
export function sellingLedger({
  account = {},
  currency = 'EUR',
  basisPoints = 1900,
  nowMs,
  ...invoicing
}: {
  account?: Partial<AccountTerms>;
  currency?: string;
  basisPoints?: number | null;
  nowMs?: number;
} & Partial<Pick<NonNullable<Ledger['invoicing']>, 'buyer' | 'seller'>> = {}): Ledger {
  const price = { minimumQuantity: 1, unitPriceMinor: 880, currency };
  const rate = { country: 'DE', category: 'S' as const, validFromMs: 0, validToMs: null };
  return {
    ...ledgerOf({
      account: { billingMode: 'BILLED', termsDays: 30, ...account },
      prices: [{ ...price, validFromMs: 0, validToMs: null }],
      ...(nowMs === undefined ? {} : { nowMs }),
    }),
    invoicing: {
      accountNumber: 1001,
      timeZone: 'Europe/Berlin',
      seller: { party: party(), taxRegistrations: [], invoicePrefix: 'INV', paymentAccount: null },
      buyer: party(),
      series: {},
      ...invoicing,
    },
    ordering: {
      lastPlace: 0,
      owedMinor: 0,
      rates: basisPoints === null ? [] : [{ ...rate, basisPoints }],
      exemptionNote: null,
    },
  };
}

export const purchaseOf = (some: Partial<Purchase> = {}): Purchase => ({
  kind: 'purchase',
  id: 'command',
  actor: null,
  walletId: null,
  quantity: 10,
  expectedTotal: null,
  key: 'key',
  keyInput: { meant: ['input'], written: ['input'] },
  ...some,
});

export const paymentOf = (some: Partial<RecordPayment> = {}): RecordPayment => ({
  kind: 'record-payment',
  id: 'payment',
  actor: operatorActor,
  orderId: 'order',
  gateway: 'manual',
  reference: 'transfer',
  receivedMinor: 10_472,
  receivedOn: '2026-03-02',
  ...some,
});

export const cancelOf = (orderId: string): CancelOrder => ({
  kind: 'cancel-order',
  id: `cancel ${orderId}`,
  actor: null,
  orderId,
});

/** The account's orders, in the order in which they were placed. */
export const ordersOf = (ledger: Ledger): Order[] =>
  [...ledger.orders.values()].map(({ order }) => order).sort((a, b) => a.place - b.place);
