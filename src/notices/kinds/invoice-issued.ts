import type { Language } from '../../core/notation/languages';
import { writeMinor } from '../../core/notation/money';
import type { NoticeFactsOf, NoticeModule, NoticeNames } from '../notice';

/** An invoice or a credit note was issued. Its own mail goes to the billing address: no mail says it again. */
export const invoiceIssued: NoticeModule<'INVOICE_ISSUED'> = {
  kind: 'INVOICE_ISSUED',
  source: { kind: 'InvoiceIssued', belowZero: false },
  ofEntry({ payload }) {
    const { invoiceId, number, netMinor, taxMinor, currency } = payload;
    const facts = {
      invoiceId: String(invoiceId),
      number: String(number),
      grossMinor: Number(netMinor) + Number(taxMinor),
      currency: String(currency),
    };
    return { facts };
  },
  words: {
    en: (facts, names) => ({
      subject: `${isNote(names) ? 'Credit note' : 'Invoice'} ${facts.number}`,
      sentence: `${isNote(names) ? 'Credit note' : 'Invoice'} ${facts.number} over ${amountOf(facts, 'en')} was issued.`,
      linkText: 'Open the purchases',
    }),
    de: (facts, names) => ({
      subject: `${isNote(names) ? 'Rechnungskorrektur' : 'Rechnung'} ${facts.number}`,
      sentence: `${isNote(names) ? 'Die Rechnungskorrektur' : 'Die Rechnung'} ${facts.number} über ${amountOf(facts, 'de')} wurde ausgestellt.`,
      linkText: 'Käufe öffnen',
    }),
    es: (facts, names) => ({
      subject: `${isNote(names) ? 'Factura rectificativa' : 'Factura'} ${facts.number}`,
      sentence: `Se ha emitido la ${isNote(names) ? 'factura rectificativa' : 'factura'} ${facts.number} por ${amountOf(facts, 'es')}.`,
      linkText: 'Abrir las compras',
    }),
    ja: (facts, names) => ({
      subject: `${isNote(names) ? '返還請求書' : '請求書'} ${facts.number}`,
      sentence: `${isNote(names) ? '返還請求書' : '請求書'} ${facts.number}（${amountOf(facts, 'ja')}）が発行されました。`,
      linkText: '購入履歴を開く',
    }),
  },
  // The document itself needs a signed link or a bearer, which no notice contains.
  linkPath: () => '/admin/orders',
};

type Facts = NoticeFactsOf['INVOICE_ISSUED'];

function isNote({ invoiceKind }: NoticeNames): boolean {
  return invoiceKind === 'CREDIT_NOTE';
}

function amountOf({ grossMinor, currency }: Facts, language: Language): string {
  return writeMinor({ minor: grossMinor, currency }, language);
}
