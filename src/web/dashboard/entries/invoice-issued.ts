import { writeMoney } from '../../format/money';
import { words } from '../../words';
import type { EntryWords } from './entry-words.types';

export const invoiceIssued: EntryWords<'InvoiceIssued'> = {
  subject: ({ invoice }) =>
    invoice ? words.ledger.subject.invoice(invoice.number, writeMoney(invoice.gross)) : '',
  sentence: ({ invoice }) =>
    invoice?.kind === 'CREDIT_NOTE'
      ? words.overview.feed.creditNote(invoice.number)
      : words.overview.feed.invoice(invoice?.number ?? ''),
};
