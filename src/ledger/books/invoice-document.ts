import type { JsonValue } from '../../core/canonical-json';
import type { InvoiceParty } from '../../core/invoice-party';
import { formatMinor } from '../../core/money';
import { euCountryOf } from '../../core/vat-id';
import { formatRate, notes, type TaxCategory, type TaxSum } from './tax.rules';

/*
 * What an invoice or a credit note states: the mandatory terms of EN 16931, as they were when it was
 * issued. Amounts are decimal strings, never negative: the kind says in which direction they count.
 * Pure. The document is stored, hashed and shown exactly as it is built here.
 */

export type InvoiceKind = 'INVOICE' | 'CREDIT_NOTE';

export interface InvoiceDocument {
  readonly [name: string]: JsonValue;
  /** The version of this shape. */
  readonly format: 1;
  readonly kind: InvoiceKind;
  /** UNTDID 1001: 380 is an invoice, 381 a credit note. */
  readonly typeCode: '380' | '381';
  readonly number: string;
  /** A date of the account's zone. */
  readonly issuedOn: string;
  /** The passes are supplied when they are sold. */
  readonly deliveredOn: string;
  readonly dueOn: string | null;
  /** ISO 4217. */
  readonly currency: string;
  /** The buyer's language, one of those that the service has words in. */
  readonly language: string;
  /** A sandbox's: not an invoice in law. */
  readonly test: boolean;
  readonly seller: DocumentParty;
  readonly buyer: DocumentParty;
  readonly orderNumber: string;
  readonly purchaseOrderNumber: string | null;
  /** The invoice that a credit note takes back from. */
  readonly corrects: { readonly number: string; readonly issuedOn: string } | null;
  readonly reason: string | null;
  readonly lines: readonly DocumentLine[];
  readonly taxes: readonly DocumentTax[];
  /** Why the document has no tax line; null if it has one. */
  readonly taxNote: string | null;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly payment: {
    /** UNTDID 4461: 30 is a credit transfer. */
    readonly meansCode: '30';
    readonly termsDays: number | null;
    readonly account: string | null;
  };
}

export type DocumentParty = { readonly [Term in keyof InvoiceParty]: InvoiceParty[Term] };

export type DocumentLine = {
  readonly id: string;
  /** What is sold. The words of each language name it. */
  readonly item: DocumentItem;
  readonly quantity: number;
  /** UN/ECE Recommendation 20: one piece. */
  readonly unitCode: 'C62';
  readonly unitPrice: string;
  readonly net: string;
  readonly category: TaxCategory | null;
  readonly rate: string | null;
};

/** CREDIT: money is given back, but no passes are taken back. */
export type DocumentItem = 'DAY_PASS' | 'CREDIT';

export type DocumentTax = {
  readonly category: TaxCategory;
  /** Percent, e.g. "19.00". */
  readonly rate: string;
  readonly base: string;
  readonly amount: string;
  readonly note: string | null;
};

/** What a document is built from: amounts in minor units of its currency. */
export interface InvoiceInput {
  kind: InvoiceKind;
  number: string;
  issuedOn: string;
  dueOn: string | null;
  termsDays: number | null;
  currency: string;
  language: string;
  test: boolean;
  seller: InvoiceSeller;
  buyer: InvoiceParty;
  orderNumber: string;
  purchaseOrderNumber: string | null;
  corrects: { number: string; issuedOn: string } | null;
  reason: string | null;
  line: { item: DocumentItem; quantity: number; unitPriceMinor: number };
  /** At most one: a document has one line. */
  tax: TaxSum | null;
}

export interface InvoiceSeller {
  party: InvoiceParty;
  taxRegistrations: readonly { country: string; vatId: string }[];
  paymentAccount: string | null;
}

export function invoiceDocument(input: InvoiceInput): InvoiceDocument {
  const { currency, line, tax } = input;
  const money = (minor: number) => formatMinor({ minor, currency });
  const netMinor = line.quantity * line.unitPriceMinor;
  const taxMinor = tax?.amountMinor ?? 0;
  return {
    format: 1,
    kind: input.kind,
    typeCode: input.kind === 'INVOICE' ? '380' : '381',
    number: input.number,
    issuedOn: input.issuedOn,
    deliveredOn: input.issuedOn,
    dueOn: input.dueOn,
    currency,
    language: input.language,
    test: input.test,
    seller: sellerOf(input),
    buyer: partyOf(input.buyer),
    orderNumber: input.orderNumber,
    purchaseOrderNumber: input.purchaseOrderNumber,
    corrects: input.corrects && { ...input.corrects },
    reason: input.reason,
    lines: [
      {
        id: '1',
        item: line.item,
        quantity: line.quantity,
        unitCode: 'C62',
        unitPrice: money(line.unitPriceMinor),
        net: money(netMinor),
        category: tax?.category ?? null,
        rate: tax && formatRate(tax.basisPoints),
      },
    ],
    taxes: tax
      ? [
          {
            category: tax.category,
            rate: formatRate(tax.basisPoints),
            base: money(tax.baseMinor),
            amount: money(tax.amountMinor),
            note: tax.note,
          },
        ]
      : [],
    taxNote: tax ? null : notes.notIncluded,
    net: money(netMinor),
    tax: money(taxMinor),
    gross: money(netMinor + taxMinor),
    payment: {
      meansCode: '30',
      termsDays: input.termsDays,
      account: input.seller.paymentAccount,
    },
  };
}

/** The seller with the number under which this sale's tax is declared. */
function sellerOf({ seller, buyer, tax }: InvoiceInput): DocumentParty {
  const { party, taxRegistrations } = seller;
  const isRated = tax !== null && ['S', 'Z', 'E'].includes(tax.category);
  const there = taxRegistrations.find(({ country }) => country === buyer.country);
  if (isRated && there && buyer.country !== party.country) {
    return { ...partyOf(party), vatId: there.vatId };
  }
  const isEu = (vatId: string | null) => vatId !== null && euCountryOf(vatId) !== null;
  if (tax?.category === 'AE' && !isEu(party.vatId)) {
    const inEu = taxRegistrations.find(({ vatId }) => isEu(vatId));
    return { ...partyOf(party), vatId: inEu?.vatId ?? party.vatId };
  }
  return partyOf(party);
}

/** Exactly the terms: a row may have more names than a document, or fewer. */
function partyOf(party: InvoiceParty): DocumentParty {
  return {
    name: party.name,
    addressLines: [...party.addressLines],
    postalCode: party.postalCode ?? null,
    city: party.city,
    region: party.region ?? null,
    country: party.country,
    vatId: party.vatId ?? null,
    registrationId: party.registrationId ?? null,
    electronicAddress: party.electronicAddress ?? null,
  };
}
