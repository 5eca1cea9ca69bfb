import type { InvoiceParty } from '../../src/core/invoice-party';
import {
  invoiceDocument,
  type InvoiceDocument,
  type InvoiceInput,
} from '../../src/ledger/books/invoice-document';
import { taxTotals, type TaxTreatment } from '../../src/ledger/books/tax.rules';

export const party = (more: Partial<InvoiceParty> = {}): InvoiceParty => ({
  name: 'Kestrel IT GmbH',
  addressLines: ['Hafenstraße 12'],
  postalCode: '20457',
  city: 'Hamburg',
  region: null,
  country: 'DE',
  vatId: 'DE987654321',
  registrationId: null,
  electronicAddress: null,
  ...more,
});

export const standardRate: TaxTreatment = { category: 'S', basisPoints: 1900, note: null };

/** An invoice over 200 passes with 19 % tax, with what a test changes of it. */
export function sampleDocument({
  treatment = standardRate,
  ...more
}: Partial<InvoiceInput> & { treatment?: TaxTreatment | null } = {}): InvoiceDocument {
  const line = more.line ?? { item: 'DAY_PASS' as const, quantity: 200, unitPriceMinor: 880 };
  const netMinor = line.quantity * line.unitPriceMinor;
  return invoiceDocument({
    kind: 'INVOICE',
    number: 'INV-1001-2027-1',
    issuedOn: '2027-01-04',
    dueOn: '2027-02-03',
    termsDays: 30,
    currency: 'EUR',
    language: 'en',
    test: false,
    seller: {
      party: party({ name: 'Daypass Vertrieb GmbH', vatId: 'DE123456789' }),
      taxRegistrations: [],
      paymentAccount: 'IBAN DE02 1203 0000 0000 2020 51\nBIC BYLADEM1001',
    },
    buyer: party(),
    orderNumber: 'O-1',
    purchaseOrderNumber: null,
    corrects: null,
    reason: null,
    line,
    tax: taxTotals([{ netMinor, treatment }]).taxes[0] ?? null,
    ...more,
  });
}
