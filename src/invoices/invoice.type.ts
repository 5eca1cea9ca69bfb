import { Field, ID, Int, ObjectType } from 'type-graphql';
import { InvoicePartyType } from '../accounts/invoice-party.type';
import type { RequestContext } from '../api/context';
import { defineEnum } from '../api/enum';
import { Guarded } from '../api/guard';
import { MoneyType, toMoney } from '../api/money.type';
import { Node, nodeId } from '../api/node';
import { DateScalar } from '../api/scalars';
import type { InvoiceRow } from '../db/tables/invoice';
import type { InvoiceDocument, InvoiceKind } from '../ledger/books/invoice-document';
import { invoiceNumber } from '../ledger/books/invoice-series.rules';
import type { TaxCategory } from '../ledger/books/tax.rules';
import { TaxCategoryEnum, TaxLineType } from '../purchases/quote.type';

export const InvoiceKindEnum = defineEnum<InvoiceKind>('InvoiceKind', 'The kind of a document.', {
  INVOICE: 'An invoice.',
  CREDIT_NOTE: 'A credit note: it takes back an invoice, or a part of it.',
});

@ObjectType('InvoiceLine', { description: 'A line of an invoice or a credit note.' })
export class InvoiceLineType {
  @Field(() => String, { description: 'What was sold or taken back, in English.' })
  description!: string;

  @Field(() => Int, { description: 'How many pieces.' })
  quantity!: number;

  @Field(() => MoneyType, { description: 'The price of one piece, without tax.' })
  unitPrice!: MoneyType;

  @Field(() => MoneyType, { description: 'The price of all pieces, without tax.' })
  net!: MoneyType;

  @Field(() => TaxCategoryEnum, {
    nullable: true,
    description: 'The kind of tax; null if the document has no tax line.',
  })
  category!: TaxCategory | null;
}

@Guarded((context: RequestContext) => context.permissions.require('billing:read'))
@ObjectType('Invoice', {
  implements: Node,
  description:
    'An invoice or a credit note. It never changes; what is paid of it is in its order. For account admins, with or without access to the agent portal; an API key needs the scope billing:read.',
})
export class InvoiceType implements Node {
  @Field(() => ID, { description: 'The opaque id of this document.' })
  id!: string;

  @Field(() => String, {
    description:
      'The number, e.g. "INV-1001-2027-1": the series and the place in it. The numbers of a series have no gaps.',
  })
  number!: string;

  @Field(() => InvoiceKindEnum, { description: 'Whether it is an invoice or a credit note.' })
  kind!: InvoiceKind;

  @Field(() => DateScalar, { description: "The date of issue, in the account's time zone." })
  issuedOn!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When it is due; null for a credit note.',
  })
  dueOn!: string | null;

  @Field(() => InvoicePartyType, { description: 'The seller, as it was at the date of issue.' })
  seller!: InvoicePartyType;

  @Field(() => InvoicePartyType, { description: 'The buyer, as it was at the date of issue.' })
  buyer!: InvoicePartyType;

  @Field(() => String, {
    nullable: true,
    description: "The buyer's purchase order number; null if the order has none.",
  })
  purchaseOrderNumber!: string | null;

  @Field(() => [InvoiceLineType], { description: 'The lines of the document.' })
  lines!: InvoiceLineType[];

  @Field(() => MoneyType, { description: 'The total without tax. Never negative.' })
  net!: MoneyType;

  @Field(() => [TaxLineType], { description: 'The taxes; empty if tax is not included.' })
  taxes!: TaxLineType[];

  @Field(() => MoneyType, { description: 'The total with tax. Never negative.' })
  gross!: MoneyType;

  @Field(() => Boolean, {
    description: 'Whether it is of a sandbox, and so no invoice in law.',
  })
  test!: boolean;

  @Field(() => String, {
    description:
      'The path of the document as an HTML page. Send the same bearer token. The query ?language=de, es, ja or en chooses another language.',
  })
  htmlPath!: string;

  @Field(() => String, {
    description:
      'The path of the document as a PDF. It answers 404 if no font can write the document; the HTML page always exists.',
  })
  pdfPath!: string;

  @Field(() => String, {
    description:
      'The path of the document as JSON: exactly the text that was hashed, so sha256sum of the file prints `digest`.',
  })
  jsonPath!: string;

  @Field(() => String, {
    description: 'SHA-256 of the document, in hexadecimal. The journal has the same.',
  })
  digest!: string;

  row!: InvoiceRow;
}

export function toInvoice(row: InvoiceRow): InvoiceType {
  const document = JSON.parse(row.document) as InvoiceDocument;
  const { currency } = row;
  const amount = (decimal: string) => ({ amount: decimal, currency });
  const path = (form: string) => `/invoices/${row.id}.${form}`;
  return {
    id: nodeId('Invoice', row.id),
    number: invoiceNumber(row.series, row.place),
    kind: row.kind,
    issuedOn: row.issuedOn,
    dueOn: row.dueOn,
    seller: partyOf(document.seller),
    buyer: partyOf(document.buyer),
    purchaseOrderNumber: document.purchaseOrderNumber,
    lines: document.lines.map(({ item, quantity, unitPrice, net, category }) => ({
      description: item === 'DAY_PASS' ? 'Day pass' : 'Credit without return of passes',
      quantity,
      unitPrice: amount(unitPrice),
      net: amount(net),
      category,
    })),
    net: toMoney({ minor: row.netMinor, currency }),
    taxes: document.taxes.map((tax) => ({
      category: tax.category,
      rate: tax.rate,
      base: amount(tax.base),
      amount: amount(tax.amount),
      note: tax.note,
    })),
    gross: toMoney({ minor: row.netMinor + row.taxMinor, currency }),
    test: document.test,
    htmlPath: path('html'),
    pdfPath: path('pdf'),
    jsonPath: path('json'),
    digest: row.digest,
    row,
  };
}

function partyOf(party: InvoiceDocument['seller']): InvoicePartyType {
  return { ...party, addressLines: [...party.addressLines] };
}
