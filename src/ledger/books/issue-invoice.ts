import { canonicalDigest, canonicalJson } from '../../core/canonical-json';
import { addDays } from '../../time/calendar';
import { localDayOf } from '../../time/local-day';
import type { Actor, Ledger } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';
import type { Posting } from '../writer/posting';
import { expectPayment } from './due/invoice-overdue';
import { invoiceDocument, type DocumentItem, type InvoiceKind } from './invoice-document';
import { invoiceNumber, invoiceSeries } from './invoice-series.rules';
import type { TaxSum } from './tax.rules';

/** What is invoiced or credited, in minor units. */
export interface Issue {
  kind: InvoiceKind;
  order: {
    id: string;
    number: string;
    walletId: string;
    currency: string;
    purchaseOrderNumber: string | null;
    /** Null if it was paid before the invoice. */
    termsDays: number | null;
  };
  line: { item: DocumentItem; quantity: number; unitPriceMinor: number };
  tax: TaxSum | null;
  /** Of a credit note. */
  corrects?: { id: string; number: string; issuedOn: string };
  reason?: string;
  /** Of the entry; left out: the number, so that the journal is a second lock on it. */
  key?: { text: string; digest: string };
  actor: Actor | null;
}

/** Why no invoice could be issued; null if it could. Call it before anything is numbered. */
export function judgeInvoicing({
  invoicing,
}: {
  invoicing: { seller: unknown; buyer: unknown } | null;
}): Refused | null {
  if (!invoicing?.seller) {
    const message =
      'The operator has not entered the seller yet, so no invoice can be made. Ask the operator of the service.';
    return refused('NOT_PERMITTED', message);
  }
  if (!invoicing.buyer) {
    const message = 'Invoices need your address. Enter it in the settings, and buy again.';
    return refused('VALIDATION_FAILED', message, []);
  }
  return null;
}

/**
 * Issues the document: it has the next number of its series, and the entry has its digest. All of this
 * is in the batch of the order, so a batch that fails uses no number. Returns its id. Throws an Error
 * if `judgeInvoicing` refuses.
 */
export function issueInvoice(
  ledger: Ledger,
  posting: Posting,
  { newId, ...issue }: Issue & { newId: () => string },
): string {
  const { invoicing } = ledger;
  if (!invoicing?.seller || !invoicing.buyer) throw new Error('Seller and buyer are not known.');
  const { kind, order, line, tax, corrects } = issue;
  const issuedOn = localDayOf(ledger.nowMs, invoicing.timeZone).localDate;
  const isInvoice = kind === 'INVOICE';
  const dueOn = isInvoice ? addDays(issuedOn, order.termsDays ?? 0) : null;
  const series = invoiceSeries({
    prefix: invoicing.seller.invoicePrefix,
    accountNumber: invoicing.accountNumber,
    issuedOn,
    kind,
    test: ledger.sandbox,
  });
  const place = (posting.changes.invoiceSeries.get(series) ?? invoicing.series[series] ?? 0) + 1;
  const number = invoiceNumber(series, place);
  const document = invoiceDocument({
    kind,
    number,
    issuedOn,
    dueOn,
    termsDays: isInvoice ? order.termsDays : null,
    currency: order.currency,
    language: languageOf(invoicing.buyer.country),
    test: ledger.sandbox,
    seller: invoicing.seller,
    buyer: invoicing.buyer,
    orderNumber: order.number,
    purchaseOrderNumber: order.purchaseOrderNumber,
    corrects: corrects ? { number: corrects.number, issuedOn: corrects.issuedOn } : null,
    reason: issue.reason ?? null,
    line,
    tax,
  });
  const digest = canonicalDigest(document);
  const id = newId();
  const netMinor = line.quantity * line.unitPriceMinor;
  const taxMinor = tax?.amountMinor ?? 0;
  posting.changes.invoiceSeries.set(series, place);
  posting.changes.invoices.push({
    id,
    kind,
    series,
    place,
    orderId: order.id,
    correctsId: corrects?.id ?? null,
    walletId: order.walletId,
    sequence: posting.nextSequence,
    issuedOn,
    dueOn,
    quantity: line.item === 'DAY_PASS' ? line.quantity : 0,
    netMinor,
    taxMinor,
    currency: order.currency,
    document: canonicalJson(document),
    digest,
    issuedAtMs: ledger.nowMs,
  });
  expectPayment(posting.changes, { id, dueOn }, invoicing.timeZone);
  posting.post({
    kind: 'InvoiceIssued',
    walletId: order.walletId,
    actor: issue.actor,
    payload: {
      invoiceId: id,
      number,
      orderId: order.id,
      netMinor,
      taxMinor,
      currency: order.currency,
      digest,
    },
    key: issue.key?.text ?? `${series}/${place}`,
    keyDigest: issue.key?.digest ?? digest,
  });
  return id;
}

/** The language of a document: that of the buyer's country if the service has words in it. */
function languageOf(country: string): string {
  return languages.find(([, countries]) => countries.includes(country))?.[0] ?? 'en';
}

const languages: readonly [language: string, countries: readonly string[]][] = [
  ['de', ['AT', 'CH', 'DE', 'LI']],
  ['es', 'AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE'.split(' ')],
  ['ja', ['JP']],
];
