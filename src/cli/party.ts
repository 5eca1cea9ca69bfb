import type { Command } from 'commander';
import type { InvoiceParty } from '../core/invoice-party';
import type { GivenParty } from '../accounts/invoice-party.rules';

/** The values of a party as flags. */
export interface PartyOptions {
  name?: string;
  addressLine?: string[];
  postalCode?: string;
  city?: string;
  region?: string;
  country?: string;
  vatId?: string;
  registrationId?: string;
  electronicAddress?: string;
}

/** The flags for the company that stands on an invoice. */
export function addPartyOptions(verb: Command): Command {
  return verb
    .option('--name <name>', 'the legal name')
    .option(
      '--address-line <line>',
      'a line of the address, e.g. the street (repeatable, up to 3; replaces all)',
      (line: string, before: string[] = []) => [...before, line],
    )
    .option('--postal-code <code>', 'the postal code')
    .option('--city <city>', 'the city')
    .option('--region <region>', 'the state, province or county')
    .option('--country <code>', 'the country, two letters of ISO 3166-1, e.g. DE')
    .option('--vat-id <id>', 'the VAT id, checked by its form only')
    .option('--registration-id <id>', 'the number in the trade register')
    .option('--electronic-address <scheme:id>', 'the address for e-invoices');
}

/** The values that were given: a missing one must not replace the present one. */
export function partyOf(options: PartyOptions): Partial<GivenParty> {
  const { name, addressLine: addressLines, postalCode, city, region, country } = options;
  const { vatId, registrationId, electronicAddress } = options;
  const ids = { vatId, registrationId, electronicAddress };
  return withoutMissing({ name, addressLines, postalCode, city, region, country, ...ids });
}

export function withoutMissing(given: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

export function describeParty(party: InvoiceParty): string {
  const { name, addressLines, postalCode, city, region, country } = party;
  const { vatId, registrationId, electronicAddress } = party;
  const place = [postalCode, city, region, country].filter((part) => part !== null).join(' ');
  const lines = [
    [name, ...addressLines, place].join(', '),
    vatId && `VAT id: ${vatId}`,
    registrationId && `Registration: ${registrationId}`,
    electronicAddress && `Electronic address: ${electronicAddress}`,
  ];
  return lines.filter((line) => line !== null).join('\n');
}
