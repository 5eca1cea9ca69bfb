import { InvalidArgumentError, type Command } from 'commander';
import type { SellerRow } from '../db/tables/seller';
import { readSeller, setSeller, type GivenSeller } from '../operator/set-seller';
import {
  addPartyOptions,
  describeParty,
  partyOf,
  withoutMissing,
  type PartyOptions,
} from './party';
import { print, withOperator } from './with-operator';

interface Output {
  json?: boolean;
}

interface SetOptions extends PartyOptions, Output {
  taxRegistration?: Registrations;
  invoicePrefix?: string;
  paymentAccount?: string;
  exemptionNote?: string;
}

type Registrations = SellerRow['taxRegistrations'];

/** `daypass seller`: the company that sells the day passes, as invoices name it. */
export function addSellerVerb(program: Command): void {
  const seller = program
    .command('seller')
    .description('Manage the data of the company that sells the day passes.');
  addPartyOptions(
    seller
      .command('set')
      .description('Set values of the seller; the others stay. An empty text removes a value.'),
  )
    .option(
      '--tax-registration <country=vat-id>',
      "another country whose tax the seller charges (repeatable, replaces all; '' removes all)",
      registration,
    )
    .option('--invoice-prefix <prefix>', 'invoice numbers begin with it; INV if never set')
    .option('--payment-account <text>', 'where buyers pay, as written on invoices')
    .option('--exemption-note <text>', 'the legal basis, for sales that are exempt from tax')
    .option('--json', 'print {"changed", "seller"}')
    .action(async ({ json, ...options }: SetOptions) => {
      const { taxRegistration, invoicePrefix, paymentAccount, exemptionNote } = options;
      const given: GivenSeller = withoutMissing({
        ...partyOf(options),
        taxRegistrations: taxRegistration,
        invoicePrefix,
        paymentAccount,
        exemptionNote,
      });
      if (Object.keys(given).length === 0) {
        throw new Error('Name at least one value to set, e.g. --name or --country.');
      }
      const { seller: row, changed } = await withOperator((on) => setSeller(on, given));
      const what = changed ? 'The seller was set.' : 'Nothing was changed.';
      print({ changed, seller: written(row) }, `${what}\n${describe(row)}`, { json });
    });
  seller
    .command('show')
    .description('Print the seller.')
    .option('--json', 'print {"seller"}, which is null if none has been set')
    .action(async (output: Output) => {
      const row = await withOperator(({ source }) => readSeller(source.manager));
      const text = row ? describe(row) : 'No seller has been set. Use "daypass seller set".';
      print({ seller: row && written(row) }, text, output);
    });
}

function registration(text: string, before: Registrations = []): Registrations {
  if (text === '') return before;
  const [, country, vatId] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (country === undefined || vatId === undefined) {
    throw new InvalidArgumentError('It must be a country and a VAT id, e.g. FR=FR40303265045.');
  }
  return [...before, { country, vatId }];
}

function written({ id: _id, party, ...more }: SellerRow) {
  return { ...party, ...more };
}

function describe({ party, ...seller }: SellerRow): string {
  const { taxRegistrations, invoicePrefix, paymentAccount, exemptionNote, setAt, setBy } = seller;
  const lines = [
    describeParty(party),
    ...taxRegistrations.map(({ country, vatId }) => `Charges the tax of ${country}, as ${vatId}`),
    `Invoice prefix: ${invoicePrefix}`,
    paymentAccount && `Payment account: ${paymentAccount}`,
    exemptionNote && `Exemption: ${exemptionNote}`,
    `Set at ${setAt.toISOString()} by ${setBy}`,
  ];
  return lines.filter((line) => line !== null).join('\n');
}
