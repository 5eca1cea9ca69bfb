import type { Language } from '../core/notation/languages';
import type { MailWords } from '../mail/words';

/** What a mail says of a document. */
export interface MailedInvoice {
  buyerName: string;
  sellerName: string;
  number: string;
  gross: string;
  /** As people write it; null for a credit note. */
  dueOn: string | null;
  link: string;
  /** Whether the PDF is attached. */
  hasPdf: boolean;
}

/** The mail of an invoice or a credit note to the billing contact. */
export function invoiceMail(language: Language, about: MailedInvoice): MailWords {
  return { language, sender: about.sellerName, ...byLanguage[language](about) };
}

type Words = (about: MailedInvoice) => Omit<MailWords, 'language' | 'sender'>;

const byLanguage: Record<Language, Words> = {
  en: ({ buyerName, sellerName, number, gross, dueOn, link, hasPdf }) => ({
    subject: dueOn
      ? `Invoice ${number} of ${sellerName}`
      : `Credit note ${number} of ${sellerName}`,
    greeting: `Hello ${buyerName},`,
    paragraphs: [
      dueOn
        ? `${sellerName} has issued invoice ${number} over ${gross}. It is due on ${dueOn}.`
        : `${sellerName} has issued credit note ${number} over ${gross}.`,
      hasPdf
        ? 'The document is attached as a PDF. You can also open it as a page:'
        : 'Open the document as a page, and print it from there:',
    ],
    action: { label: `Open ${number}`, link },
    closing: ['The link works for 90 days. Anybody who has it can read this document.'],
  }),
  de: ({ buyerName, sellerName, number, gross, dueOn, link, hasPdf }) => ({
    subject: dueOn
      ? `Rechnung ${number} von ${sellerName}`
      : `Rechnungskorrektur ${number} von ${sellerName}`,
    greeting: `Guten Tag ${buyerName},`,
    paragraphs: [
      dueOn
        ? `${sellerName} hat die Rechnung ${number} über ${gross} ausgestellt. Sie ist am ${dueOn} fällig.`
        : `${sellerName} hat die Rechnungskorrektur ${number} über ${gross} ausgestellt.`,
      hasPdf
        ? 'Das Dokument ist als PDF angehängt. Sie können es auch als Seite öffnen:'
        : 'Öffnen Sie das Dokument als Seite, und drucken Sie es von dort:',
    ],
    action: { label: `${number} öffnen`, link },
    closing: ['Der Link gilt 90 Tage. Wer ihn hat, kann dieses Dokument lesen.'],
  }),
  es: ({ buyerName, sellerName, number, gross, dueOn, link, hasPdf }) => ({
    subject: dueOn
      ? `Factura ${number} de ${sellerName}`
      : `Factura rectificativa ${number} de ${sellerName}`,
    greeting: `Hola, ${buyerName}:`,
    paragraphs: [
      dueOn
        ? `${sellerName} ha emitido la factura ${number} por ${gross}. Vence el ${dueOn}.`
        : `${sellerName} ha emitido la factura rectificativa ${number} por ${gross}.`,
      hasPdf
        ? 'El documento va adjunto como PDF. También puede abrirlo como página:'
        : 'Abra el documento como página e imprímalo desde allí:',
    ],
    action: { label: `Abrir ${number}`, link },
    closing: [
      'El enlace es válido durante 90 días. Cualquiera que lo tenga puede leer este documento.',
    ],
  }),
  ja: ({ buyerName, sellerName, number, gross, dueOn, link, hasPdf }) => ({
    subject: dueOn ? `${sellerName} の請求書 ${number}` : `${sellerName} の返還請求書 ${number}`,
    greeting: `${buyerName} 御中`,
    paragraphs: [
      dueOn
        ? `${sellerName} が請求書 ${number}（${gross}）を発行しました。支払期限は ${dueOn} です。`
        : `${sellerName} が返還請求書 ${number}（${gross}）を発行しました。`,
      hasPdf
        ? '文書は PDF で添付されています。ページとして開くこともできます。'
        : '文書をページとして開き、そこから印刷してください。',
    ],
    action: { label: `${number} を開く`, link },
    closing: ['リンクは90日間有効です。リンクを持つ人は誰でもこの文書を読むことができます。'],
  }),
};
