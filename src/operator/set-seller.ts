import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { GivenParty } from '../accounts/invoice-party.rules';
import { refuseTexts } from '../api/input.rules';
import { isCountry } from '../core/country';
import { newId } from '../core/ids';
import { euCountries, isOneStopShopNumber, isVatId, plainVatId } from '../core/vat-id';
import { SellerRow } from '../db/tables/seller';
import { OperatorRefusal, type OperatorServices } from './operator';
import { mergedParty } from './set-buyer';

/** Everything that can be set of the seller. */
type Seller = Pick<
  SellerRow,
  'party' | 'taxRegistrations' | 'invoicePrefix' | 'paymentAccount' | 'exemptionNote'
>;

/** Values to set; what is left out stays. An empty text removes an optional value. */
export type GivenSeller = Partial<GivenParty & Omit<Seller, 'party'>>;

const invoicePrefixForm = /^[A-Z0-9]{1,10}$/;
/** More than a company has; each one is compared at each sale. */
const registrationsMax = 40;

/**
 * Sets values of the seller, and returns it. A change adds a row; the same values again add none.
 * Throws an OperatorRefusal.
 */
export async function setSeller(
  { source, attribution }: Pick<OperatorServices, 'source' | 'attribution'>,
  given: GivenSeller,
): Promise<{ seller: SellerRow; changed: boolean }> {
  return source.transaction(async (manager) => {
    // Changes follow each other; quotes can still read.
    await manager.query('lock table sellers in share row exclusive mode');
    const present = await readSeller(manager);
    const values = checked(present, given);
    if (present && isDeepStrictEqual(valuesOf(present), values)) {
      return { seller: present, changed: false };
    }
    const [clock]: { now: Date }[] = await manager.query(
      `select date_trunc('milliseconds', clock_timestamp()) as now`,
    );
    const setBy = attribution.origin.userAgent ?? 'unknown';
    const seller = { id: newId(), ...values, setAt: clock!.now, setBy };
    await manager.insert(SellerRow, seller);
    return { seller, changed: true };
  });
}

/** The seller as it is now; null if none has been set. */
export async function readSeller(manager: Pick<EntityManager, 'find'>): Promise<SellerRow | null> {
  const [seller] = await manager.find(SellerRow, { order: { setAt: 'DESC', id: 'DESC' }, take: 1 });
  return seller ?? null;
}

function valuesOf({ id: _id, setAt: _at, setBy: _by, ...values }: SellerRow): Seller {
  return { ...values };
}

function checked(present: SellerRow | null, given: GivenSeller): Seller {
  const { taxRegistrations, invoicePrefix, paymentAccount, exemptionNote, ...party } = given;
  const prefix = invoicePrefix ?? present?.invoicePrefix ?? 'INV';
  if (!invoicePrefixForm.test(prefix)) {
    throw new OperatorRefusal('invoicePrefix', 'must be 1 to 10 capital letters and digits');
  }
  const texts = {
    paymentAccount: textOf(paymentAccount, present?.paymentAccount),
    exemptionNote: textOf(exemptionNote, present?.exemptionNote),
  };
  for (const [field, text] of Object.entries(texts)) {
    if (refuseTexts({ [field]: [text, 500] })) {
      throw new OperatorRefusal(field, 'must be 1 to 500 characters');
    }
  }
  return {
    party: mergedParty(present?.party ?? null, party),
    taxRegistrations: checkedRegistrations(taxRegistrations ?? present?.taxRegistrations ?? []),
    invoicePrefix: prefix,
    ...texts,
  };
}

function textOf(given: string | null | undefined, present: string | null | undefined) {
  return given === undefined ? (present ?? null) : given?.trim() || null;
}

function checkedRegistrations(given: Seller['taxRegistrations']): Seller['taxRegistrations'] {
  const refuse = (message: string) => new OperatorRefusal('taxRegistration', message);
  if (given.length > registrationsMax)
    throw refuse(`can be used ${registrationsMax} times at most`);
  const registrations = given.map(({ country, vatId }) => ({ country, vatId: plainVatId(vatId) }));
  for (const [at, { country, vatId }] of registrations.entries()) {
    if (!isCountry(country)) throw refuse(`${country} is not a country of ISO 3166-1, e.g. FR`);
    const isShopNumber = euCountries.has(country) && isOneStopShopNumber(vatId);
    if (!isVatId(vatId, country) && !isShopNumber)
      throw refuse(`${vatId} does not have the form of a VAT id`);
    if (registrations.findIndex((one) => one.country === country) !== at) {
      throw refuse(`${country} occurs twice`);
    }
  }
  return registrations;
}
