import { inItem, refuseNames, type BoundedText } from '../api/input.rules';
import type { UserError } from '../api/user-error';
import { isCountry } from '../core/country';
import type { InvoiceParty } from '../core/invoice-party';
import { composed } from '../core/texts';
import { isVatId, plainVatId } from '../core/vat-id';

type Optional = 'postalCode' | 'region' | 'vatId' | 'registrationId' | 'electronicAddress';

/** As people enter it. Optional values may be missing, or empty. */
export type GivenParty = Omit<InvoiceParty, Optional> & Partial<Pick<InvoiceParty, Optional>>;

/** EN 16931 has three lines of an address. */
export const addressLinesMax = 3;

/** ISO 6523 schemes have four digits; Peppol has "EM" for e-mail. */
const electronicForm = /^(\d{4}|EM):\S{1,100}$/;

/**
 * The party as it is stored: without blanks around its texts, empty values null, and the VAT id
 * without spaces. Or why it is refused, with the path of the value at fault after `path`.
 */
export function readParty(
  given: GivenParty,
  path: readonly string[],
): { party: InvoiceParty } | { refused: UserError } {
  const party = tidyParty(given);
  const refused = refuseParty(party);
  return refused ? { refused: inItem(path, refused) } : { party };
}

function tidyParty(given: GivenParty): InvoiceParty {
  const optional = (text: string | null | undefined) => (text == null ? null : tidy(text) || null);
  const vatId = optional(given.vatId);
  return {
    name: tidy(given.name),
    addressLines: given.addressLines.map(tidy),
    postalCode: optional(given.postalCode),
    city: tidy(given.city),
    region: optional(given.region),
    country: tidy(given.country),
    vatId: vatId && plainVatId(vatId),
    registrationId: optional(given.registrationId),
    electronicAddress: optional(given.electronicAddress),
  };
}

function refuseParty(party: InvoiceParty): UserError | null {
  const { addressLines, country, vatId, electronicAddress } = party;
  const texts: [keyof InvoiceParty, number][] = [
    ['name', 200],
    ['postalCode', 20],
    ['city', 100],
    ['region', 100],
    ['registrationId', 50],
  ];
  const bounded = texts.map(([name, max]): [string, BoundedText] => [
    name,
    [party[name] as string | null, max],
  ]);
  const refused = refuseNames(Object.fromEntries(bounded));
  if (refused) return refused;
  if (addressLines.length < 1 || addressLines.length > addressLinesMax) {
    return invalid(`addressLines must have 1 to ${addressLinesMax} lines.`, 'addressLines');
  }
  for (const [at, line] of addressLines.entries()) {
    const wrong = refuseNames({ [at]: [line, 200] });
    if (wrong) {
      const message = 'Each line of addressLines must be 1 to 200 characters of visible text.';
      return invalid(message, 'addressLines', String(at));
    }
  }
  if (!isCountry(country)) {
    return invalid('country must be two capital letters of ISO 3166-1, e.g. DE.', 'country');
  }
  if (vatId !== null && !isVatId(vatId, country)) {
    return invalid(`vatId does not have the form of a VAT id for ${country}.`, 'vatId');
  }
  if (electronicAddress !== null && !electronicForm.test(electronicAddress)) {
    const message =
      'electronicAddress must be a scheme and an id, e.g. 0088:4035811991021 or EM:invoices@company.example.';
    return invalid(message, 'electronicAddress');
  }
  return null;
}

function tidy(text: string): string {
  return composed(text).trim();
}

function invalid(message: string, ...field: string[]): UserError {
  return { code: 'VALIDATION_FAILED', message, field };
}
