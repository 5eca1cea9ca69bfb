import fc from 'fast-check';
import type { CreditInvoice } from '../../src/ledger/books/credit-invoice';
import type { Entry, Invoice, Ledger } from '../../src/ledger/model/ledger';
import { InvoicesSoFar } from '../../src/ledger/verify/verify-books.invoices';
import type { StoredEntry } from '../../src/ledger/rows/entry';
import { foldBatch } from '../../src/ledger/writer/fold-batch';
import { taxOn } from '../../src/ledger/books/tax.rules';
import { invoiceKernel, issueOf, type IssueAlone } from '../support/desk/invoices';
import { countingIds, ledgerOf } from '../support/desk/ledger';
import { party } from './documents';

/** One thing that happens; batches are cut between them at random. */
type Step =
  | { do: 'issue'; quantity: number; price: number; fails: boolean }
  | { do: 'credit'; invoice: number; permille: number | null; key: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('issue' as const),
    quantity: fc.integer({ min: 1, max: 500 }),
    price: fc.integer({ min: 1, max: 5_000 }),
    fails: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('credit' as const),
    invoice: fc.nat(6),
    permille: fc.option(fc.integer({ min: 1, max: 1_200 })),
    key: fc.nat(12),
  }),
);
const histories = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  basisPoints: fc.constantFrom(0, 700, 810, 1900, 2123),
  batches: fc.array(
    fc.record({
      days: fc.constantFrom(0, 1, 40, 200),
      crashes: fc.boolean(),
      steps: fc.array(steps, { maxLength: 6 }),
    }),
    { maxLength: 10 },
  ),
});

const startsAtMs = Date.parse('2027-11-20T12:00:00Z');
const dayMs = 24 * 3_600_000;

test('whatever fails, each series is 1, 2, 3 and no invoice is credited by more than it has', () => {
  fc.assert(
    fc.property(histories, ({ currency, basisPoints, batches }) => {
      const newId = countingIds();
      let ledger: Ledger = {
        ...ledgerOf({ nowMs: startsAtMs }),
        invoicing: {
          accountNumber: 1001,
          timeZone: 'Europe/Berlin',
          seller: {
            party: party(),
            taxRegistrations: [],
            invoicePrefix: 'INV',
            paymentAccount: null,
          },
          buyer: party(),
          series: {},
        },
      };
      const entries: Entry[] = [];
      const rows: Invoice[] = [];
      for (const { days, crashes, steps: some } of batches) {
        const nowMs = ledger.nowMs + days * dayMs;
        const commands = some.map((step) =>
          commandOf(step, { currency, basisPoints, rows, id: newId() }),
        );
        // A batch whose transaction is rolled back leaves the ledger as it was.
        const copy = copyOf({ ...ledger, nowMs });
        const folded = foldBatch(invoiceKernel, copy, { commands, newId });
        if (crashes) continue;
        ledger = folded.ledger;
        entries.push(...folded.changes.entries);
        rows.push(...folded.changes.invoices);
      }
      const sum = new InvoicesSoFar();
      for (const [at, entry] of entries.entries()) {
        const stored = { ...entry, payloadText: '', hash: '' } satisfies StoredEntry & Entry;
        expect(sum.add(stored, entry.payload, rows[at]!)).toBeNull();
      }
      expect(Object.fromEntries(sum.series)).toEqual(ledger.invoicing!.series);
    }),
  );
});

function commandOf(
  step: Step,
  {
    currency,
    basisPoints,
    rows,
    id,
  }: { currency: string; basisPoints: number; rows: readonly Invoice[]; id: string },
): IssueAlone | CreditInvoice {
  if (step.do === 'issue') {
    const line = { item: 'DAY_PASS' as const, quantity: step.quantity, unitPriceMinor: step.price };
    const baseMinor = step.quantity * step.price;
    const amountMinor = taxOn(baseMinor, basisPoints);
    const tax = { category: 'S' as const, basisPoints, note: null, baseMinor, amountMinor };
    const issue = issueOf({ walletId: 'wallet', currency }, { line, tax });
    return { kind: 'issue-alone', id, issue, fails: step.fails };
  }
  const invoice = rows.filter(({ kind }) => kind === 'INVOICE')[step.invoice];
  const gross = invoice ? invoice.netMinor + invoice.taxMinor : 100;
  const grossMinor =
    step.permille === null ? null : Math.max(1, Math.floor((gross * step.permille) / 1_000));
  return {
    kind: 'credit-invoice',
    id,
    actor: null,
    invoiceId: invoice?.id ?? 'nobody',
    grossMinor,
    reason: 'Goodwill',
    key: String(step.key),
  };
}

function copyOf(ledger: Ledger): Ledger {
  const { wallets, invoices, keyedEntries, lots, owed } = ledger;
  return {
    ...ledger,
    wallets: new Map(wallets),
    invoices: new Map(invoices),
    keyedEntries: new Map(keyedEntries),
    lots: new Map(lots),
    owed: new Map(owed),
  };
}
