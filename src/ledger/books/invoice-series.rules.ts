import type { InvoiceKind } from './invoice-document';

/**
 * The series of an invoice or a credit note: `<seller prefix>-<account number>-<year>`. Each account
 * has its own for each year, so that numbering needs no lock across accounts; the law allows several
 * series. Credit notes have a series of their own, and so have the documents of a sandbox, which are
 * no invoices. A prefix has no hyphen, so two series never have the same name.
 */
export function invoiceSeries({
  prefix,
  accountNumber,
  issuedOn,
  kind,
  test,
}: {
  prefix: string;
  accountNumber: number;
  /** YYYY-MM-DD. */
  issuedOn: string;
  kind: InvoiceKind;
  test: boolean;
}): string {
  return [
    ...(test ? ['TEST'] : []),
    prefix,
    String(accountNumber),
    issuedOn.slice(0, 4),
    ...(kind === 'CREDIT_NOTE' ? ['CN'] : []),
  ].join('-');
}

/** The number of a document: its series and its place there, from 1 on. */
export function invoiceNumber(series: string, place: number): string {
  return `${series}-${place}`;
}
