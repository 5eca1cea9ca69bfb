import fc from 'fast-check';
import {
  formatRate,
  notes,
  taxOn,
  taxTotals,
  taxTreatment,
  type TaxBuyer,
  type TaxRate,
  type TaxSeller,
} from '../../src/ledger/books/tax.rules';

const nowMs = Date.parse('2027-03-01T12:00:00Z');
const rate = (country: string, basisPoints: number, more: Partial<TaxRate> = {}): TaxRate => ({
  country,
  category: 'S',
  basisPoints,
  validFromMs: 0,
  validToMs: null,
  ...more,
});
const rates = [rate('DE', 1900), rate('FR', 2000), rate('GB', 2000), rate('CH', 810)];
const seller = (country: string, more: Partial<TaxSeller> = {}): TaxSeller => ({
  country,
  vatId: null,
  registrations: [],
  exemptionNote: null,
  ...more,
});
const buyer = (country: string, vatId: string | null = null, isBusiness = true): TaxBuyer => ({
  country,
  vatId,
  isBusiness,
});
const german = seller('DE', { vatId: 'DE123456789' });
const french = 'FR40303265045';
const frenchToo = { country: 'FR', vatId: french };

const none = null;
test.each<[string, TaxSeller, TaxBuyer, [string, number, string | null] | null]>([
  ['at home', german, buyer('DE', 'DE987654321'), ['S', 1900, none]],
  ['at home, without a VAT id', german, buyer('DE'), ['S', 1900, none]],
  ['to an EU business', german, buyer('FR', french), ['AE', 0, notes.reverseCharge]],
  ['to an EU business, if the seller has no VAT id', seller('DE'), buyer('FR', french), none],
  [
    'to Greece, whose prefix is EL',
    german,
    buyer('GR', 'EL094259216'),
    ['AE', 0, notes.reverseCharge],
  ],
  ['to an EU buyer without a VAT id', german, buyer('FR'), ['S', 1900, none]],
  ['to an EU consumer with a VAT id', german, buyer('FR', french, false), ['S', 1900, none]],
  [
    'to an EU address with the seller’s VAT id',
    german,
    buyer('FR', 'DE987654321'),
    ['S', 1900, none],
  ],
  ['to an EU buyer of the wrong form', german, buyer('FR', 'FR1'), ['S', 1900, none]],
  [
    'to an EU buyer without a VAT id, registered there',
    { ...german, registrations: [frenchToo] },
    buyer('FR'),
    ['S', 2000, none],
  ],
  [
    'to an EU business, registered there',
    { ...german, registrations: [frenchToo] },
    buyer('FR', french),
    ['AE', 0, notes.reverseCharge],
  ],
  ['out of the EU', german, buyer('US'), ['G', 0, notes.outsideEu]],
  [
    'to Britain, whose VAT ids are not of the EU',
    german,
    buyer('GB', 'GB123456789'),
    ['G', 0, notes.outsideEu],
  ],
  [
    'out of the EU, without a VAT id of the seller',
    seller('DE'),
    buyer('CH'),
    ['O', 0, notes.outsideEu],
  ],
  [
    'from the US into the EU',
    seller('US'),
    buyer('DE', 'DE123456789'),
    ['O', 0, notes.recipientTaxes],
  ],
  ['from the US to Japan', seller('US'), buyer('JP'), ['O', 0, notes.abroad]],
  [
    'from Switzerland to Germany',
    seller('CH', { vatId: 'CHE123456789' }),
    buyer('DE'),
    ['G', 0, notes.abroad],
  ],
  [
    'from Switzerland to an EU business, with an EU number',
    seller('CH', { vatId: 'CHE123456789', registrations: [frenchToo] }),
    buyer('DE', 'DE123456789'),
    ['AE', 0, notes.reverseCharge],
  ],
  [
    'from the US to Britain, registered there',
    seller('US', { registrations: [{ country: 'GB', vatId: 'GB123456789' }] }),
    buyer('GB', 'GB987654321'),
    ['S', 2000, none],
  ],
  ['at home, without a rate', seller('US'), buyer('US'), null],
  ['at home in Austria, without a rate', seller('AT', { vatId: 'ATU12345678' }), buyer('AT'), null],
])('a sale %s', (_, from, to, expected) => {
  const found = taxTreatment({ seller: from, buyer: to, rates, nowMs });
  expect(found && [found.category, found.basisPoints, found.note]).toEqual(expected);
});

test('a rate applies from its beginning until its end', () => {
  const at = Date.parse('2027-04-01T00:00:00Z');
  const list = [rate('DE', 1900, { validToMs: at }), rate('DE', 2100, { validFromMs: at })];
  const on = (instant: number) =>
    taxTreatment({ seller: german, buyer: buyer('DE'), rates: list, nowMs: instant })?.basisPoints;
  expect([on(at - 1), on(at), on(-1)]).toEqual([1900, 2100, undefined]);
});

test('an exempt sale states why', () => {
  const list = [rate('DE', 0, { category: 'E' })];
  const noteOf = (exemptionNote: string | null) =>
    taxTreatment({ seller: { ...german, exemptionNote }, buyer: buyer('DE'), rates: list, nowMs })
      ?.note;
  expect(noteOf(null)).toBe(notes.exempt);
  expect(noteOf('Exempt under § 19 UStG.')).toBe('Exempt under § 19 UStG.');
});

test.each([
  // 200 passes of 8.80 EUR, and the rest of the year of Kestrel IT.
  [176_000, 1900, 33_440],
  [52_470, 1900, 9_969],
  [72_270, 1900, 13_731],
  [64_350, 1900, 12_227],
  // Half a minor unit is rounded up, in yen and in fils as in cents.
  [50, 100, 1],
  [49, 100, 0],
  [5, 1000, 1],
  [1_005, 1000, 101],
  [1_500_550, 500, 75_028],
  [0, 1900, 0],
  [1, 10_000, 1],
  // More than a floating-point number holds on the way: 10^15 times 1900.
  [999_999_999_999_999, 1900, 190_000_000_000_000],
])('the tax on %d minor units at %d basis points is %d', (base, basisPoints, tax) => {
  expect(taxOn(base, basisPoints)).toBe(tax);
});

test('an amount that is not exact is not taxed', () => {
  for (const base of [-1, 0.5, 2 ** 53, Number.NaN])
    expect(() => taxOn(base, 1900)).toThrow('amount');
});

test('the tax of a document is computed once per category and rate, and is within half a unit of the exact value', () => {
  const treatments = [
    { category: 'S', basisPoints: 1900, note: null },
    { category: 'S', basisPoints: 700, note: null },
    { category: 'AE', basisPoints: 0, note: notes.reverseCharge },
    null,
  ] as const;
  const line = fc.record({
    netMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
    treatment: fc.constantFrom(...treatments),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const { netMinor, taxes, grossMinor } = taxTotals(lines);
      expect(netMinor).toBe(lines.reduce((sum, one) => sum + one.netMinor, 0));
      expect(grossMinor).toBe(taxes.reduce((sum, one) => sum + one.amountMinor, netMinor));
      for (const { category, basisPoints, baseMinor, amountMinor } of taxes) {
        const own = lines.filter(
          ({ treatment }) =>
            treatment?.category === category && treatment.basisPoints === basisPoints,
        );
        expect(baseMinor).toBe(own.reduce((sum, one) => sum + one.netMinor, 0));
        const excess = BigInt(amountMinor) * 20_000n - BigInt(baseMinor) * BigInt(basisPoints) * 2n;
        expect(excess > -10_000n && excess <= 10_000n).toBe(true);
      }
      const keys = taxes.map(({ category, basisPoints }) => `${category} ${basisPoints}`);
      expect(new Set(keys).size).toBe(keys.length);
      // The order of the lines changes no amount.
      expect(taxTotals([...lines].reverse()).grossMinor).toBe(grossMinor);
    }),
  );
});

test('three lines of a third of a cent of tax are taxed as one sum', () => {
  const treatment = { category: 'S', basisPoints: 1900, note: null } as const;
  const lines = [13, 13, 13].map((netMinor) => ({ netMinor, treatment }));
  // Line by line it would be 2 + 2 + 2.
  expect(taxTotals(lines)).toMatchObject({
    netMinor: 39,
    grossMinor: 46,
    taxes: [{ amountMinor: 7 }],
  });
});

test.each([
  [1900, '19.00'],
  [810, '8.10'],
  [5, '0.05'],
  [0, '0.00'],
  [10_000, '100.00'],
])('%d basis points are %s percent', (basisPoints, text) => {
  expect(formatRate(basisPoints)).toBe(text);
});
