import { writeDate } from '../core/notation/date';
import { nearestLanguage, type Language } from '../core/notation/languages';
import { writeMoney, writeNumber } from '../core/notation/money';
import { plainDecimal } from '../core/money';
import type { DocumentParty, InvoiceDocument } from '../ledger/books/invoice-document';
import { invoiceWords, type InvoiceWords } from './invoice-words';

/**
 * What a page of a document shows, in one language and in reading order. HTML and PDF draw exactly
 * this, so they cannot differ in content.
 */
export interface InvoiceLayout {
  language: Language;
  title: string;
  number: string;
  /** Null if it is a document in law. */
  waterMark: string | null;
  seller: { label: string; lines: string[] };
  buyer: { label: string; lines: string[] };
  facts: Fact[];
  columns: string[];
  rows: string[][];
  totals: Fact[];
  /** Below the totals: notes on the tax, terms of payment. */
  notes: string[];
  /** Where to pay. It may have several lines. */
  account: Fact | null;
  pageOf: InvoiceWords['page'];
}

interface Fact {
  label: string;
  value: string;
}

/** `language` overrides the document's own. */
export function layOut(document: InvoiceDocument, language?: Language): InvoiceLayout {
  const shown = language ?? nearestLanguage(document.language);
  const words = invoiceWords[shown];
  const money = (amount: string) => writeAmount(amount, document.currency, shown);
  const date = (day: string) => writeDate(day, shown);
  const isInvoice = document.kind === 'INVOICE';
  const fact = (label: string, value: string | null) => (value === null ? [] : [{ label, value }]);
  return {
    language: shown,
    title: isInvoice ? words.invoice : words.creditNote,
    number: document.number,
    waterMark: document.test ? words.test : null,
    seller: { label: words.seller, lines: partyLines(document.seller, words) },
    buyer: { label: words.buyer, lines: partyLines(document.buyer, words) },
    facts: [
      ...fact(words.number, document.number),
      ...fact(words.issuedOn, date(document.issuedOn)),
      ...(isInvoice ? fact(words.deliveredOn, date(document.deliveredOn)) : []),
      ...fact(words.dueOn, document.dueOn && date(document.dueOn)),
      ...fact(words.order, document.orderNumber),
      ...fact(words.purchaseOrder, document.purchaseOrderNumber),
      ...fact(
        words.corrects,
        document.corrects && `${document.corrects.number}, ${date(document.corrects.issuedOn)}`,
      ),
      ...fact(words.reason, document.reason),
    ],
    columns: [words.description, words.quantity, words.unitPrice, words.taxRate, words.net],
    rows: document.lines.map((line) => [
      line.item === 'DAY_PASS' ? words.dayPass : words.credit,
      writeNumber(String(line.quantity), shown),
      money(line.unitPrice),
      line.rate === null ? '–' : writeRate(line.rate, shown),
      money(line.net),
    ]),
    totals: [
      ...fact(words.totalNet, money(document.net)),
      ...document.taxes.map((tax) => ({
        label: `${words.taxes[tax.category]} ${writeRate(tax.rate, shown)} ${words.taxOn(money(tax.base))}`,
        value: money(tax.amount),
      })),
      ...fact(words.totalTax, money(document.tax)),
      ...fact(words.totalGross, money(document.gross)),
      ...fact(isInvoice ? words.totalDue : words.totalCredited, money(document.gross)),
    ],
    notes: [
      ...document.taxes.flatMap(({ note }) => (note === null ? [] : [noteIn(note, words)])),
      ...(document.taxNote === null ? [] : [noteIn(document.taxNote, words)]),
      ...termsOf(document, words, date),
      ...(document.taxes.length > 0 ? [words.rounding] : []),
    ],
    account:
      isInvoice && document.payment.account !== null
        ? { label: words.account, value: document.payment.account }
        : null,
    pageOf: words.page,
  };
}

function termsOf(
  { kind, payment, dueOn }: InvoiceDocument,
  words: InvoiceWords,
  date: (day: string) => string,
): string[] {
  if (kind !== 'INVOICE' || payment.termsDays === null || dueOn === null) return [];
  return [words.terms(payment.termsDays, date(dueOn))];
}

function noteIn(note: string, { notes }: InvoiceWords): string {
  return (notes as Partial<Record<string, string>>)[note] ?? note;
}

function partyLines(party: DocumentParty, words: InvoiceWords): string[] {
  const place = [party.postalCode, party.city].filter(Boolean).join(' ');
  return [
    party.name,
    ...party.addressLines,
    [place, party.region].filter(Boolean).join(', '),
    party.country,
    ...(party.vatId ? [`${words.vatId}: ${party.vatId}`] : []),
    ...(party.registrationId ? [`${words.registrationId}: ${party.registrationId}`] : []),
    ...(party.electronicAddress ? [`${words.electronicAddress}: ${party.electronicAddress}`] : []),
  ];
}

/** `EUR 1,234.56` or `1.234,56 EUR`. No line break between the amount and its currency. */
export function writeAmount(amount: string, currency: string, language: Language): string {
  return writeMoney({ amount, currency }, language).replace(' ', '\u00a0');
}

function writeRate(rate: string, language: Language): string {
  const percent = writeNumber(plainDecimal(rate), language);
  return language === 'en' || language === 'ja' ? `${percent}%` : `${percent}\u00a0%`;
}
