import type { EntryModule } from './entry-module';

type InvoiceIssuedPayload = {
  invoiceId: string;
  /** The number on the document. */
  number: string;
  orderId: string;
  netMinor: number;
  taxMinor: number;
  currency: string;
  /** SHA-256 of the document's canonical text. */
  digest: string;
};

/** An invoice or a credit note got its number. */
export const invoiceIssued: EntryModule<'InvoiceIssued', InvoiceIssuedPayload> = {
  kind: 'InvoiceIssued',
  makes: 'invoice',
  moves: 'NOTHING',
  delta: () => 0,
};
