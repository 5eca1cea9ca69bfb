import type { Language } from '../core/notation/languages';
import { notes, type TaxCategory } from '../ledger/books/tax.rules';

/** The texts of a document and of its mail in one language. */
export interface InvoiceWords {
  invoice: string;
  creditNote: string;
  /** Across each page of a sandbox's document. */
  test: string;
  seller: string;
  buyer: string;
  number: string;
  issuedOn: string;
  deliveredOn: string;
  dueOn: string;
  order: string;
  purchaseOrder: string;
  corrects: string;
  reason: string;
  vatId: string;
  registrationId: string;
  electronicAddress: string;
  description: string;
  quantity: string;
  unitPrice: string;
  net: string;
  taxRate: string;
  dayPass: string;
  credit: string;
  totalNet: string;
  /** Before the rate of a tax line. */
  taxes: Record<TaxCategory, string>;
  taxOn: (base: string) => string;
  totalTax: string;
  totalGross: string;
  totalDue: string;
  totalCredited: string;
  terms: (days: number, dueOn: string) => string;
  account: string;
  rounding: string;
  page: (page: number, pages: number) => string;
  /** The notes that the law requires, by their English text. Another text is the operator's own. */
  notes: Record<(typeof notes)[keyof typeof notes], string>;
}

export const invoiceWords: Record<Language, InvoiceWords> = {
  en: {
    invoice: 'Invoice',
    creditNote: 'Credit note',
    test: 'TEST – NOT AN INVOICE',
    seller: 'Seller',
    buyer: 'Bill to',
    number: 'Number',
    issuedOn: 'Date of issue',
    deliveredOn: 'Date of supply',
    dueOn: 'Due on',
    order: 'Order',
    purchaseOrder: 'Purchase order',
    corrects: 'Corrects invoice',
    reason: 'Reason',
    vatId: 'VAT id',
    registrationId: 'Registration',
    electronicAddress: 'Electronic address',
    description: 'Description',
    quantity: 'Quantity',
    unitPrice: 'Unit price',
    net: 'Net amount',
    taxRate: 'Tax',
    dayPass: 'Day pass',
    credit: 'Credit without return of passes',
    totalNet: 'Total without tax',
    taxes: {
      S: 'VAT',
      Z: 'VAT, zero rate',
      E: 'Exempt from VAT',
      AE: 'Reverse charge',
      G: 'Outside the country of the seller',
      O: 'Not subject to VAT',
    },
    taxOn: (base) => `on ${base}`,
    totalTax: 'Total tax',
    totalGross: 'Total with tax',
    totalDue: 'Amount due',
    totalCredited: 'Amount credited',
    terms: (days, dueOn) => `Payable within ${days} days, by ${dueOn}, without deduction.`,
    account: 'Pay to',
    rounding:
      'The tax is computed once on the total of each rate and rounded half up to the smallest unit of the currency.',
    page: (page, pages) => `Page ${page} of ${pages}`,
    notes: Object.fromEntries(Object.values(notes).map((note) => [note, note])) as never,
  },
  de: {
    invoice: 'Rechnung',
    creditNote: 'Rechnungskorrektur',
    test: 'TEST – KEINE RECHNUNG',
    seller: 'Verkäufer',
    buyer: 'Rechnung an',
    number: 'Nummer',
    issuedOn: 'Ausstellungsdatum',
    deliveredOn: 'Leistungsdatum',
    dueOn: 'Fällig am',
    order: 'Auftrag',
    purchaseOrder: 'Bestellnummer',
    corrects: 'Korrigiert Rechnung',
    reason: 'Grund',
    vatId: 'USt-IdNr.',
    registrationId: 'Registernummer',
    electronicAddress: 'Elektronische Adresse',
    description: 'Beschreibung',
    quantity: 'Menge',
    unitPrice: 'Einzelpreis',
    net: 'Nettobetrag',
    taxRate: 'Steuer',
    dayPass: 'Tagespass',
    credit: 'Gutschrift ohne Rückgabe von Pässen',
    totalNet: 'Summe ohne Steuer',
    taxes: {
      S: 'USt.',
      Z: 'USt., Nullsatz',
      E: 'Von der USt. befreit',
      AE: 'Steuerschuldnerschaft des Leistungsempfängers',
      G: 'Außerhalb des Landes des Verkäufers',
      O: 'Nicht steuerbar',
    },
    taxOn: (base) => `auf ${base}`,
    totalTax: 'Summe der Steuer',
    totalGross: 'Summe mit Steuer',
    totalDue: 'Zahlbetrag',
    totalCredited: 'Gutgeschriebener Betrag',
    terms: (days, dueOn) => `Zahlbar innerhalb von ${days} Tagen, bis ${dueOn}, ohne Abzug.`,
    account: 'Zahlung an',
    rounding:
      'Die Steuer wird einmal auf die Summe jedes Satzes berechnet und kaufmännisch auf die kleinste Einheit der Währung gerundet.',
    page: (page, pages) => `Seite ${page} von ${pages}`,
    notes: {
      [notes.reverseCharge]:
        'Steuerschuldnerschaft des Leistungsempfängers (Artikel 44 und 196 der Richtlinie 2006/112/EG).',
      [notes.outsideEu]:
        'Nicht steuerbar: Die Leistung wird außerhalb der Europäischen Union erbracht (Artikel 44 und 59 der Richtlinie 2006/112/EG).',
      [notes.recipientTaxes]:
        'Im Land des Verkäufers nicht steuerbar. Steuerschuldnerschaft des Leistungsempfängers.',
      [notes.abroad]:
        'Im Land des Verkäufers nicht steuerbar: Die Leistung wird im Ausland erbracht.',
      [notes.exempt]: 'Von der Umsatzsteuer befreit.',
      [notes.notIncluded]: 'Steuer ist nicht enthalten.',
    },
  },
  es: {
    invoice: 'Factura',
    creditNote: 'Factura rectificativa',
    test: 'PRUEBA – NO ES UNA FACTURA',
    seller: 'Vendedor',
    buyer: 'Facturar a',
    number: 'Número',
    issuedOn: 'Fecha de emisión',
    deliveredOn: 'Fecha de la operación',
    dueOn: 'Vencimiento',
    order: 'Pedido',
    purchaseOrder: 'Orden de compra',
    corrects: 'Rectifica la factura',
    reason: 'Motivo',
    vatId: 'NIF-IVA',
    registrationId: 'Registro',
    electronicAddress: 'Dirección electrónica',
    description: 'Descripción',
    quantity: 'Cantidad',
    unitPrice: 'Precio unitario',
    net: 'Importe neto',
    taxRate: 'Impuesto',
    dayPass: 'Pase de un día',
    credit: 'Abono sin devolución de pases',
    totalNet: 'Total sin impuestos',
    taxes: {
      S: 'IVA',
      Z: 'IVA, tipo cero',
      E: 'Exento de IVA',
      AE: 'Inversión del sujeto pasivo',
      G: 'Fuera del país del vendedor',
      O: 'No sujeto a IVA',
    },
    taxOn: (base) => `sobre ${base}`,
    totalTax: 'Total de impuestos',
    totalGross: 'Total con impuestos',
    totalDue: 'Importe a pagar',
    totalCredited: 'Importe abonado',
    terms: (days, dueOn) => `Pago en ${days} días, hasta el ${dueOn}, sin descuento.`,
    account: 'Pagar a',
    rounding:
      'El impuesto se calcula una vez sobre el total de cada tipo y se redondea a la unidad menor de la moneda; la mitad se redondea hacia arriba.',
    page: (page, pages) => `Página ${page} de ${pages}`,
    notes: {
      [notes.reverseCharge]:
        'Inversión del sujeto pasivo: el destinatario debe declarar el IVA (artículos 44 y 196 de la Directiva 2006/112/CE).',
      [notes.outsideEu]:
        'No sujeto a IVA: el servicio se presta fuera de la Unión Europea (artículos 44 y 59 de la Directiva 2006/112/CE).',
      [notes.recipientTaxes]:
        'No sujeto a impuestos en el país del vendedor. Inversión del sujeto pasivo: el destinatario debe declarar el IVA.',
      [notes.abroad]:
        'No sujeto a impuestos en el país del vendedor: el servicio se presta en el extranjero.',
      [notes.exempt]: 'Exento de impuestos.',
      [notes.notIncluded]: 'El impuesto no está incluido.',
    },
  },
  ja: {
    invoice: '請求書',
    creditNote: '返還請求書（クレジットノート）',
    test: 'テスト – 請求書ではありません',
    seller: '発行者',
    buyer: '請求先',
    number: '番号',
    issuedOn: '発行日',
    deliveredOn: '取引日',
    dueOn: '支払期限',
    order: '注文',
    purchaseOrder: '発注番号',
    corrects: '訂正対象の請求書',
    reason: '理由',
    vatId: '登録番号',
    registrationId: '法人番号',
    electronicAddress: '電子アドレス',
    description: '品名',
    quantity: '数量',
    unitPrice: '単価',
    net: '金額（税抜）',
    taxRate: '税率',
    dayPass: 'デイパス',
    credit: 'パスの返却を伴わない返金',
    totalNet: '合計（税抜）',
    taxes: {
      S: '消費税',
      Z: '消費税（税率ゼロ）',
      E: '非課税',
      AE: 'リバースチャージ',
      G: '国外取引',
      O: '不課税',
    },
    taxOn: (base) => `対象額 ${base}`,
    totalTax: '税額合計',
    totalGross: '合計（税込）',
    totalDue: 'ご請求額',
    totalCredited: '返還額',
    terms: (days, dueOn) => `${days}日以内（${dueOn}まで）に全額をお支払いください。`,
    account: 'お支払先',
    rounding: '税額は税率ごとの合計額に対して一度計算し、通貨の最小単位に四捨五入しています。',
    page: (page, pages) => `${page} / ${pages} ページ`,
    notes: {
      [notes.reverseCharge]:
        'リバースチャージ：受領者が付加価値税の納税義務を負います（指令 2006/112/EC 第44条および第196条）。',
      [notes.outsideEu]:
        '付加価値税の対象外：役務は欧州連合の域外で提供されます（指令 2006/112/EC 第44条および第59条）。',
      [notes.recipientTaxes]:
        '発行者の国では課税対象外です。リバースチャージ：受領者が納税義務を負います。',
      [notes.abroad]: '発行者の国では課税対象外です：役務は国外で提供されます。',
      [notes.exempt]: '非課税です。',
      [notes.notIncluded]: '税は含まれていません。',
    },
  },
};
