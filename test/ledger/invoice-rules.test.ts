import fc from 'fast-check';
import { canonicalDigest, canonicalJson } from '../../src/core/canonical-json';
import { newId } from '../../src/core/ids';
import {
  creditGross,
  creditNet,
  leftOf,
  type NetAndTax,
} from '../../src/ledger/books/credit-note.rules';
import { invoiceNumber, invoiceSeries } from '../../src/ledger/books/invoice-series.rules';
import { issueInvoice } from '../../src/ledger/books/issue-invoice';
import { taxOn } from '../../src/ledger/books/tax.rules';
import { Posting } from '../../src/ledger/writer/posting';
import { party, sampleDocument, standardRate } from '../invoices/documents';
import { issueOf } from '../support/desk/invoices';
import { ledgerOf } from '../support/desk/ledger';

const rates = fc.constantFrom(0, 1, 700, 810, 1000, 1900, 2000, 2123, 2700);
/** Prices of currencies with 0, 2 and 3 decimals. */
const prices = fc.oneof(
  fc.integer({ min: 1, max: 1_500 }),
  fc.integer({ min: 1, max: 99_999 }),
  fc.integer({ min: 1, max: 9_999_999 }),
);
const none: NetAndTax = { netMinor: 0, taxMinor: 0 };
const sum = (a: NetAndTax, b: NetAndTax): NetAndTax => ({
  netMinor: a.netMinor + b.netMinor,
  taxMinor: a.taxMinor + b.taxMinor,
});

test('crediting an invoice in any parts gives back exactly its net and its tax', () => {
  const part = fc.record({
    isMoney: fc.boolean(),
    permille: fc.integer({ min: 1, max: 1_000 }),
  });
  fc.assert(
    fc.property(
      fc.record({
        price: prices,
        quantity: fc.integer({ min: 1, max: 5_000 }),
        basisPoints: rates,
        parts: fc.array(part, { maxLength: 12 }),
      }),
      ({ price, quantity, basisPoints, parts }) => {
        const netMinor = price * quantity;
        const invoiced = { netMinor, taxMinor: taxOn(netMinor, basisPoints) };
        let credited = none;
        let passesLeft = quantity;
        for (const { isMoney, permille } of parts) {
          const left = leftOf({ invoiced, credited, basisPoints });
          const most = isMoney
            ? left.netMinor + left.taxMinor
            : Math.min(passesLeft, Math.floor(left.netMinor / price));
          const size = Math.floor((permille * most) / 1_000);
          if (size === 0) continue;
          const note = isMoney
            ? creditGross({ invoiced, credited, basisPoints }, size)
            : creditNet({ invoiced, credited, basisPoints }, size * price);
          expect(note.netMinor).toBeGreaterThanOrEqual(0);
          expect(note.taxMinor).toBeGreaterThanOrEqual(0);
          if (isMoney) expect(note.netMinor + note.taxMinor).toBe(size);
          else {
            expect(note.netMinor).toBe(size * price);
            passesLeft -= size;
          }
          credited = sum(credited, note);
          expect(credited.netMinor).toBeLessThanOrEqual(invoiced.netMinor);
          expect(credited.taxMinor).toBeLessThanOrEqual(invoiced.taxMinor);
          // After each note, and not only after the last one, which takes what is left.
          const drift = Math.abs(credited.taxMinor - taxOn(credited.netMinor, basisPoints));
          expect(drift).toBeLessThanOrEqual(parts.some((one) => one.isMoney) ? 1 : 0);
        }
        const left = leftOf({ invoiced, credited, basisPoints });
        const gross = left.netMinor + left.taxMinor;
        if (gross > 0) {
          const last =
            left.netMinor > 0
              ? creditNet({ invoiced, credited, basisPoints }, left.netMinor)
              : creditGross({ invoiced, credited, basisPoints }, gross);
          credited = sum(credited, last);
        }
        expect(credited).toEqual(invoiced);
      },
    ),
  );
});

test('notes over the passes of an invoice carry the tax of what is credited so far', () => {
  // 3 × 0.33 with 19 %: the parts alone would round to 0.06 three times, but the invoice has 0.19.
  const invoiced = { netMinor: 99, taxMinor: 19 };
  let credited = none;
  const taxes: number[] = [];
  for (let pass = 0; pass < 3; pass++) {
    const note = creditNet({ invoiced, credited, basisPoints: 1900 }, 33);
    taxes.push(note.taxMinor);
    credited = sum(credited, note);
  }
  expect(taxes).toEqual([6, 7, 6]);
  expect(credited).toEqual(invoiced);
});

test('money that was given back is split as the rules for refunds say', () => {
  // The year of Kestrel IT, order 2: 25 of 53 passes at 9.90.
  const invoiced = { netMinor: 52_470, taxMinor: 9_969 };
  const credit = { invoiced, credited: none, basisPoints: 1900 };
  expect(creditNet(credit, 24_750)).toEqual({ netMinor: 24_750, taxMinor: 4_703 });
  expect(creditGross(credit, 29_453)).toEqual({ netMinor: 24_750, taxMinor: 4_703 });
});

test.each([0, -1, 0.5, 101])('a credit note over %d of 100 is refused', (amount) => {
  const credit = { invoiced: { netMinor: 100, taxMinor: 0 }, credited: none, basisPoints: 0 };
  expect(() => creditNet(credit, amount)).toThrow('can be credited');
  expect(() => creditGross(credit, amount)).toThrow('can be credited');
});

test.each([
  ['INV-1001-2027-1', { kind: 'INVOICE', test: false }],
  ['INV-1001-2027-CN-1', { kind: 'CREDIT_NOTE', test: false }],
  ['TEST-INV-1001-2027-1', { kind: 'INVOICE', test: true }],
  ['TEST-INV-1001-2027-CN-1', { kind: 'CREDIT_NOTE', test: true }],
] as const)('%s is the first number of its series', (number, series) => {
  const name = invoiceSeries({
    prefix: 'INV',
    accountNumber: 1001,
    issuedOn: '2027-12-31',
    ...series,
  });
  expect(invoiceNumber(name, 1)).toBe(number);
});

test('a document that was stored as jsonb has the same text and digest', () => {
  const document = sampleDocument();
  const stored = JSON.parse(
    JSON.stringify(Object.fromEntries(Object.entries(document).reverse())),
  ) as typeof document;
  expect(canonicalJson(stored)).toBe(canonicalJson(document));
  expect(canonicalDigest(stored)).toBe(canonicalDigest(document));
  expect(canonicalDigest({ ...document, gross: '2094.41' })).not.toBe(canonicalDigest(document));
  expect(canonicalJson({ b: [1, null], a: 'ü"' })).toBe('{"a":"ü\\"","b":[1,null]}');
  expect(() => canonicalJson({ a: 0.1 })).toThrow('Not an exact number');
});

test.each([
  ['JPY', 120, '120', '24000', '4560', '28560'],
  ['EUR', 880, '8.80', '1760.00', '334.40', '2094.40'],
  ['KWD', 2_750, '2.750', '550.000', '104.500', '654.500'],
])(
  'a document in %s has the decimals of its currency',
  (currency, minor, unit, net, tax, gross) => {
    const line = { item: 'DAY_PASS' as const, quantity: 200, unitPriceMinor: minor };
    const document = sampleDocument({ currency, line });
    expect(document).toMatchObject({ currency, net, tax, gross });
    expect(document.lines[0]).toMatchObject({ unitPrice: unit, net });
  },
);

test('the seller has the number under which the tax of the sale is declared', () => {
  const registrations = [{ country: 'FR', vatId: 'FR40303265045' }];
  const seller = (vatId: string | null) => ({
    party: party({ vatId }),
    taxRegistrations: registrations,
    paymentAccount: null,
  });
  const inFrance = { buyer: party({ country: 'FR' }), treatment: standardRate };
  expect(sampleDocument({ seller: seller('DE123456789'), ...inFrance }).seller.vatId).toBe(
    'FR40303265045',
  );
  expect(sampleDocument({ seller: seller('DE123456789') }).seller.vatId).toBe('DE123456789');
  const reversed = { category: 'AE' as const, basisPoints: 0, note: null };
  const british = { seller: seller('GB123456789'), treatment: reversed };
  expect(sampleDocument(british).seller.vatId).toBe('FR40303265045');
});

test.each([
  ['Europe/Berlin', '2026-12-31T22:59:59.999Z', '2026-12-31', '2027-01-30'],
  ['Europe/Berlin', '2026-12-31T23:00:00.000Z', '2027-01-01', '2027-01-31'],
  ['Pacific/Kiritimati', '2026-12-31T10:00:00.000Z', '2027-01-01', '2027-01-31'],
  // The clock shows 23:10 of the day before again: the new day has begun.
  ['America/St_Johns', '2010-11-07T02:40:00.000Z', '2010-11-07', '2010-12-07'],
])('in %s an invoice of %s has the date %s', (timeZone, instant, issuedOn, dueOn) => {
  const seller = {
    party: party(),
    taxRegistrations: [],
    invoicePrefix: 'INV',
    paymentAccount: null,
  };
  const invoicing = { accountNumber: 1001, timeZone, seller, buyer: party(), series: {} };
  const ledger = { ...ledgerOf({ nowMs: Date.parse(instant) }), invoicing };
  const posting = new Posting(ledger, { id: 'command' }, newId);
  issueInvoice(ledger, posting, { ...issueOf({ walletId: 'wallet' }), newId });
  const [invoice] = posting.changes.invoices;
  expect(invoice).toMatchObject({ issuedOn, dueOn, series: `INV-1001-${issuedOn.slice(0, 4)}` });
});
