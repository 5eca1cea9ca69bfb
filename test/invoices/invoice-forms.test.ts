import { create, type Font } from 'fontkit';
import { readFileSync } from 'node:fs';
import { languages } from '../../src/core/notation/languages';
import { readInvoiceFonts, type InvoiceFonts } from '../../src/invoices/invoice-fonts';
import { invoiceHtml } from '../../src/invoices/invoice-html';
import { layOut } from '../../src/invoices/invoice-layout';
import { invoicePdf } from '../../src/invoices/invoice-pdf';
import { invoiceWords } from '../../src/invoices/invoice-words';
import { unpackWoff } from '../../src/invoices/unpack-woff';
import { notes } from '../../src/ledger/books/tax.rules';
import { party, sampleDocument } from './documents';

let fonts: InvoiceFonts;
beforeAll(async () => {
  fonts = await readInvoiceFonts(null);
});

const keysOf = (value: object): unknown =>
  Object.entries(value)
    .map(([key, inner]) => [key, inner && typeof inner === 'object' ? keysOf(inner as object) : ''])
    .sort();

test.each(languages)('the words of an invoice are complete in %s', (language) => {
  const words = invoiceWords[language];
  expect(keysOf(words)).toEqual(keysOf(invoiceWords.en));
  const texts = Object.values(words).flatMap((text) =>
    typeof text === 'object' ? Object.values(text) : [text],
  );
  for (const text of texts) expect(text).not.toBe('');
  expect(Object.keys(words.notes).sort()).toEqual(Object.values(notes).sort());
});

test.each([
  ['en', '4 January 2027', 'EUR\u00a02,094.40', 'VAT 19% on EUR\u00a01,760.00'],
  ['de', '4. Januar 2027', '2.094,40\u00a0EUR', 'USt. 19\u00a0% auf 1.760,00\u00a0EUR'],
  ['es', '4 de enero de 2027', '2.094,40\u00a0EUR', 'IVA 19\u00a0% sobre 1.760,00\u00a0EUR'],
  ['ja', '2027年1月4日', 'EUR\u00a02,094.40', '消費税 19% 対象額 EUR\u00a01,760.00'],
] as const)('dates, amounts and taxes are written as in %s', (language, date, gross, tax) => {
  const page = layOut(sampleDocument({ language }));
  expect(page.facts.map(({ value }) => value)).toContain(date);
  expect(page.totals.at(-1)?.value).toBe(gross);
  expect(page.totals[1]?.label).toBe(tax);
});

test('a note of the law is translated, and the words of the operator are not', () => {
  const noted = (note: string) =>
    layOut(sampleDocument({ language: 'de', treatment: { category: 'E', basisPoints: 0, note } }))
      .notes;
  expect(noted(notes.exempt)).toContain('Von der Umsatzsteuer befreit.');
  expect(noted('§ 19 UStG')).toContain('§ 19 UStG');
  const untaxed = layOut(sampleDocument({ language: 'es', treatment: null }));
  expect(untaxed.notes).toContain('El impuesto no está incluido.');
});

test('a page shows names as text, in every place', () => {
  const evil = '<script>alert("1")</script>&\'';
  const document = sampleDocument({
    buyer: party({
      name: evil,
      addressLines: [evil],
      city: evil,
      postalCode: evil,
      region: evil,
      vatId: evil,
      registrationId: evil,
      electronicAddress: evil,
    }),
    purchaseOrderNumber: evil,
    orderNumber: evil,
    number: evil,
    reason: evil,
    treatment: { category: 'E', basisPoints: 0, note: evil },
  });
  const html = invoiceHtml(document);
  expect(html).not.toContain('<script');
  expect(html).not.toContain('alert("');
  expect(html.split('&#60;script&#62;').length).toBeGreaterThan(10);
});

test('equal documents give equal bytes as a PDF', async () => {
  const again = await readInvoiceFonts(null);
  const first = await invoicePdf(sampleDocument(), fonts);
  expect(first.subarray(0, 8).toString()).toBe('%PDF-1.7');
  expect(first.equals(await invoicePdf(sampleDocument(), again))).toBe(true);
  expect(first.equals(await invoicePdf(sampleDocument({ orderNumber: 'O-2' }), fonts))).toBe(false);
});

test.each(['Żółć Sp. z o.o.', 'Ελλάδα Α.Ε.', 'Київстар', 'Công ty Việt Nam', 'Ünïted Åland'])(
  'a PDF can name %s',
  async (name) => {
    const pdf = await invoicePdf(sampleDocument({ buyer: party({ name }) }), fonts);
    expect(pdf.length).toBeGreaterThan(5_000);
  },
);

test.each([
  ['株式会社ケストレル', ['株', '式']],
  ['شركة', ['ش']],
  ['नमस्ते', ['न']],
])('a document that no font can write is not made: %s', async (name, missing) => {
  const making = invoicePdf(sampleDocument({ buyer: party({ name }) }), fonts);
  await expect(making).rejects.toMatchObject({
    name: 'CannotWrite',
    characters: expect.arrayContaining(missing) as string[],
  });
});

test('the font of the operator writes what the shipped one cannot', async () => {
  const file = require.resolve('@fontsource/noto-sans/files/noto-sans-devanagari-400-normal.woff');
  const own = await readInvoiceFonts(file);
  const pdf = await invoicePdf(sampleDocument({ buyer: party({ name: 'क ख' }) }), own);
  expect(pdf.length).toBeGreaterThan(5_000);
});

test('a WOFF is unpacked once, to the same font', () => {
  const stored = readFileSync(
    require.resolve('@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff'),
  );
  const unpacked = unpackWoff(stored);
  expect(unpacked.toString('latin1', 0, 4)).not.toBe('wOFF');
  expect(unpackWoff(unpacked)).toBe(unpacked);
  const [before, after] = [stored, unpacked].map((bytes) => create(bytes) as Font);
  expect(after!.postscriptName).toBe(before!.postscriptName);
  expect(after!.characterSet).toEqual(before!.characterSet);
  for (const character of 'Aß€') {
    const [one, other] = [before!, after!].map((font) =>
      font.glyphForCodePoint(character.codePointAt(0)!),
    );
    expect(other!.path.toSVG()).toBe(one!.path.toSVG());
    expect(other!.advanceWidth).toBe(one!.advanceWidth);
  }
});

test('a font that would be embedded as a whole is refused', async () => {
  const file = require.resolve('@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2');
  await expect(readInvoiceFonts(file)).rejects.toThrow('is WOFF2');
});

test('a file that is not a font is named', async () => {
  await expect(readInvoiceFonts(__filename)).rejects.toThrow(`${__filename} is not a font.`);
});

test('a long document has several pages, and a mark if it is a test', async () => {
  const note = 'Exempt. '.repeat(60).trim();
  const document = sampleDocument({
    test: true,
    treatment: { category: 'E', basisPoints: 0, note },
    buyer: party({ addressLines: Array.from({ length: 60 }, (_, row) => `Line ${row}`) }),
  });
  const pdf = await invoicePdf(document, fonts);
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
  expect(layOut(document).waterMark).toBe('TEST – NOT AN INVOICE');
  expect(invoiceHtml(document)).toContain('TEST – NOT AN INVOICE');
});
