import { writeDate } from '../../core/notation/date';
import type { NoticeModule } from '../notice';

/** An invoice was not paid by its due date. */
export const invoiceOverdue: NoticeModule<'INVOICE_OVERDUE'> = {
  kind: 'INVOICE_OVERDUE',
  source: null,
  words: {
    en: ({ number, dueOn }) => ({
      subject: `Invoice ${number} is overdue`,
      sentence: `Invoice ${number} was due on ${writeDate(dueOn, 'en')} and is not paid.`,
      linkText: 'Open the purchases',
    }),
    de: ({ number, dueOn }) => ({
      subject: `Die Rechnung ${number} ist überfällig`,
      sentence: `Die Rechnung ${number} war am ${writeDate(dueOn, 'de')} fällig und ist nicht bezahlt.`,
      linkText: 'Käufe öffnen',
    }),
    es: ({ number, dueOn }) => ({
      subject: `La factura ${number} está vencida`,
      sentence: `La factura ${number} venció el ${writeDate(dueOn, 'es')} y no está pagada.`,
      linkText: 'Abrir las compras',
    }),
    ja: ({ number, dueOn }) => ({
      subject: `請求書 ${number} の支払期限が過ぎています`,
      sentence: `請求書 ${number} の支払期限は${writeDate(dueOn, 'ja')}でしたが、まだ支払われていません。`,
      linkText: '購入履歴を開く',
    }),
  },
  linkPath: () => '/admin/orders',
};
