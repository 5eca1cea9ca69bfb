import type { TaxCategory, TaxRate } from '../../core/tax-rate';
import { euCountries, euCountryOf } from '../../core/vat-id';

/*
 * Which tax a sale of day passes carries, and how much. Passes are taxed when they are sold, not when
 * they are used, as a service that is supplied to a business electronically. The rules are those of
 * the European Union, and "outside" for sales that cross another border. They are an assumption that
 * the operator's tax adviser must confirm; docs/invoicing.md says so. Pure: the instant is a parameter.
 */

export type { TaxCategory, TaxRate };

export interface TaxSeller {
  country: string;
  vatId: string | null;
  /** Countries other than its own whose tax the seller charges, with the number that it uses there. */
  registrations: readonly { country: string; vatId: string }[];
  /** The legal basis of an exemption, which category E must state. */
  exemptionNote: string | null;
}

export interface TaxBuyer {
  country: string;
  /** In plain form. An EU business without a VAT id is taxed like a consumer. */
  vatId: string | null;
  isBusiness: boolean;
}

export interface TaxTreatment {
  category: TaxCategory;
  basisPoints: number;
  /** The words that the law requires on the document; null if it requires none. */
  note: string | null;
}

/**
 * The tax on a sale at `nowMs`. Null if the country that taxes it has no rate then, or a seller in the
 * EU has no VAT id for a reverse charge: the document has no tax line, and states that tax is not
 * included.
 */
export function taxTreatment({
  seller,
  buyer,
  rates,
  nowMs,
}: {
  seller: TaxSeller;
  buyer: TaxBuyer;
  rates: readonly TaxRate[];
  nowMs: number;
}): TaxTreatment | null {
  const rated = (country: string) => ratedIn(country, { seller, rates, nowMs });
  if (buyer.country === seller.country) return rated(seller.country);
  const isSellerInEu = euCountries.has(seller.country);
  const isBuyerInEu = euCountries.has(buyer.country);
  const isRegistered = seller.registrations.some(({ country }) => country === buyer.country);
  const isReversed = isBuyerInEu && isBusinessAbroad(buyer, seller.country);
  if (isReversed && hasEuNumber(seller)) {
    return { category: 'AE', basisPoints: 0, note: notes.reverseCharge };
  }
  // Without a VAT id the seller cannot state a reverse charge, and what it owes is not known here.
  if (isReversed && isSellerInEu) return null;
  if (isRegistered && !isReversed) return rated(buyer.country);
  if (isSellerInEu && isBuyerInEu) return rated(seller.country);
  const note = isSellerInEu ? notes.outsideEu : isReversed ? notes.recipientTaxes : notes.abroad;
  // EN 16931 forbids a VAT id of the seller on a document of category O (rule BR-O-02).
  return { category: seller.vatId === null ? 'O' : 'G', basisPoints: 0, note };
}

export const notes = {
  reverseCharge:
    'Reverse charge: the recipient is liable for the VAT (Articles 44 and 196 of Directive 2006/112/EC).',
  outsideEu:
    'Not subject to VAT: the service is supplied outside the European Union (Articles 44 and 59 of Directive 2006/112/EC).',
  recipientTaxes:
    'Not subject to tax in the country of the seller. Reverse charge: the recipient is liable for the VAT.',
  abroad: 'Not subject to tax in the country of the seller: the service is supplied abroad.',
  exempt: 'Exempt from tax.',
  /** For a document without a tax line. */
  notIncluded: 'Tax is not included.',
} as const;

/** Whether the buyer has shown, by a VAT id of another EU country, that it is a business there. */
function isBusinessAbroad({ isBusiness, vatId }: TaxBuyer, sellerCountry: string): boolean {
  const country = vatId === null ? null : euCountryOf(vatId);
  return isBusiness && country !== null && country !== sellerCountry;
}

/** EN 16931 requires a VAT id of the seller for category AE (rule BR-AE-02). */
function hasEuNumber({ vatId, registrations }: TaxSeller): boolean {
  const numbers = [vatId, ...registrations.map((one) => one.vatId)];
  return numbers.some((number) => number !== null && euCountryOf(number) !== null);
}

function ratedIn(
  country: string,
  { seller, rates, nowMs }: { seller: TaxSeller; rates: readonly TaxRate[]; nowMs: number },
): TaxTreatment | null {
  const rate = rates.find(
    (one) =>
      one.country === country &&
      one.validFromMs <= nowMs &&
      (one.validToMs === null || nowMs < one.validToMs),
  );
  if (!rate) return null;
  const { category, basisPoints } = rate;
  const note = category === 'E' ? (seller.exemptionNote ?? notes.exempt) : null;
  return { category, basisPoints, note };
}

/** One line of a document, in minor units of its currency. */
export interface TaxedLine {
  netMinor: number;
  treatment: TaxTreatment | null;
}

export interface TaxSum extends TaxTreatment {
  baseMinor: number;
  amountMinor: number;
}

/** What a document comes to. */
export interface TaxedTotals {
  netMinor: number;
  taxes: TaxSum[];
  grossMinor: number;
}

/**
 * The totals of a document. Tax is computed once per category and rate, on the sum of its lines, and
 * rounded half up to a minor unit: so the lines of a document cannot add up to another tax than the
 * document states. Exact: no floating-point number is used.
 */
export function taxTotals(lines: readonly TaxedLine[]): TaxedTotals {
  const sums = new Map<string, TaxSum>();
  for (const { netMinor, treatment } of lines) {
    if (!treatment) continue;
    const key = `${treatment.category} ${treatment.basisPoints}`;
    const before = sums.get(key)?.baseMinor ?? 0;
    sums.set(key, { ...treatment, baseMinor: before + netMinor, amountMinor: 0 });
  }
  const taxes = [...sums.values()].map((sum) => ({
    ...sum,
    amountMinor: taxOn(sum.baseMinor, sum.basisPoints),
  }));
  const netMinor = lines.reduce((sum, line) => sum + line.netMinor, 0);
  const grossMinor = taxes.reduce((sum, { amountMinor }) => sum + amountMinor, netMinor);
  if (!Number.isSafeInteger(grossMinor)) throw new Error(`Not an exact amount: ${grossMinor}`);
  return { netMinor, taxes, grossMinor };
}

/** Half up, in whole numbers: an amount times basis points can be above 2^53. */
export function taxOn(baseMinor: number, basisPoints: number): number {
  if (!Number.isSafeInteger(baseMinor) || baseMinor < 0) {
    throw new Error(`Not an amount that can be taxed: ${baseMinor}`);
  }
  return Number((BigInt(baseMinor) * BigInt(basisPoints) * 2n + 10_000n) / 20_000n);
}

/** Percent with two decimal places: 1900 is '19.00'. */
export function formatRate(basisPoints: number): string {
  const digits = String(basisPoints).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
