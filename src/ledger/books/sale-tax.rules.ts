import type { InvoiceParty } from '../../core/invoice-party';
import { taxTreatment, type TaxRate, type TaxTreatment } from './tax.rules';

/** What decides the tax on a sale of passes to an account. */
export interface SaleTaxTerms {
  seller: {
    party: InvoiceParty;
    taxRegistrations: readonly { country: string; vatId: string }[];
    exemptionNote: string | null;
  } | null;
  buyer: InvoiceParty | null;
  rates: readonly TaxRate[];
}

/** The tax on a sale to an account; null if it cannot be decided yet: tax is not included then. */
export function saleTax(terms: SaleTaxTerms | null, nowMs: number): TaxTreatment | null {
  if (!terms?.seller || !terms.buyer) return null;
  const { seller, buyer, rates } = terms;
  const { party, taxRegistrations: registrations, exemptionNote } = seller;
  return taxTreatment({
    seller: { country: party.country, vatId: party.vatId, registrations, exemptionNote },
    // Only companies with a service desk have an account.
    buyer: { country: buyer.country, vatId: buyer.vatId, isBusiness: true },
    rates,
    nowMs,
  });
}
