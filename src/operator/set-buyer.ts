import { findAccountBySlug } from '../accounts/account.queries';
import { readParty, type GivenParty } from '../accounts/invoice-party.rules';
import { updateBilling, type Billing } from '../accounts/update-billing';
import { refuseAddress } from '../api/input.rules';
import type { InvoiceParty } from '../core/invoice-party';
import { canonicalAddress } from '../core/mailbox';
import { OperatorRefusal, stateOf, type OperatorServices } from './operator';

export type GivenBuyer = Partial<GivenParty> & { billingEmail?: string };

/** The flag of a value, if it has another name. */
const flagFields: Readonly<Record<string, string>> = { addressLines: 'addressLine' };

/**
 * Sets the named values of an account as its invoices name it, and returns all; the others stay, and
 * an empty text removes a value. Without a value it changes nothing. Throws an OperatorRefusal.
 */
export async function setBuyer(
  on: OperatorServices,
  slug: string,
  { billingEmail, ...given }: GivenBuyer,
): Promise<Billing> {
  const account = await findAccountBySlug(on.source, slug);
  if (!account) throw new OperatorRefusal('slug', `there is no account ${slug}`);
  const email = billingEmail?.trim();
  if (email && refuseAddress('billingEmail', email)) {
    throw new OperatorRefusal('billingEmail', `${email} is not an e-mail address`);
  }
  return updateBilling(
    stateOf(on, account.id),
    ({ buyer }) => ({
      ...(Object.keys(given).length > 0 && { buyer: mergedParty(buyer, given) }),
      ...(email !== undefined && { billingEmail: email === '' ? null : canonicalAddress(email) }),
    }),
    { audit: on.attribution, nowMs: on.clock.nowMs() + account.testClockOffsetMs },
  );
}

/** A party with some values replaced. Throws an OperatorRefusal. */
export function mergedParty(
  present: InvoiceParty | null,
  given: Partial<GivenParty>,
): InvoiceParty {
  for (const field of ['name', 'addressLines', 'city', 'country'] as const) {
    if (given[field] === undefined && !present) {
      const message = 'is required, because nothing has been entered yet';
      throw new OperatorRefusal(flagFields[field] ?? field, message);
    }
  }
  const read = readParty({ ...present, ...given } as GivenParty, []);
  if ('party' in read) return read.party;
  const field = read.refused.field?.[0] ?? 'name';
  throw new OperatorRefusal(flagFields[field] ?? field, read.refused.message);
}
