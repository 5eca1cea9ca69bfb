import type { Command } from 'commander';
import { setBuyer, type GivenBuyer } from '../operator/set-buyer';
import {
  addPartyOptions,
  describeParty,
  partyOf,
  withoutMissing,
  type PartyOptions,
} from './party';
import { print, withOperator } from './with-operator';

interface BillingOptions extends PartyOptions {
  slug: string;
  billingEmail?: string;
  json?: boolean;
}

/** `daypass account billing`: an account as its invoices will name it. */
export function addAccountBilling(account: Command): void {
  addPartyOptions(
    account
      .command('billing')
      .description(
        'Set the named values of the buyer; the others stay, and an empty text removes a value. Without values, only print them.',
      )
      .requiredOption('--slug <slug>', 'the short name of the account, used in addresses'),
  )
    .option('--billing-email <address>', 'the e-mail address for invoices')
    .option('--json', 'print {"slug", "buyer", "billingEmail"}')
    .action(async ({ slug, json, billingEmail, ...options }: BillingOptions) => {
      const given: GivenBuyer = withoutMissing({ ...partyOf(options), billingEmail });
      const billing = await withOperator((on) => setBuyer(on, slug, given));
      const lines = [
        billing.buyer ? describeParty(billing.buyer) : 'No invoice address has been entered.',
        billing.billingEmail && `Invoices to: ${billing.billingEmail}`,
      ];
      const text = lines.filter((line) => line !== null).join('\n');
      print({ slug, ...billing }, text, { json });
    });
}
