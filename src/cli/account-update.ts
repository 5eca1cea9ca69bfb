import { Option, type Command } from 'commander';
import { changeAccount } from '../operator/change-account';
import { ceiling, flags, withSlug, withTerms, type Printed } from './account-options';
import { printAccount } from './account-summary';
import { withOperator } from './with-operator';

interface UpdateOptions extends Printed {
  slug: string;
  name?: string;
  plan?: string;
  zone?: string;
  billed?: boolean;
  unbilled?: boolean;
  emergencyCeiling?: number;
  reopen?: boolean;
  terms?: string;
  creditLimit?: string;
  payFirst?: boolean;
  creditFirst?: boolean;
  hold?: boolean;
}

/** `daypass account update`: the settings and terms of an account. */
export function addAccountUpdate(account: Command): void {
  withTerms(withSlug(account.command('update')))
    .description('Change the named settings of an account; the others stay unchanged.')
    .option('--name <name>', 'the display name')
    .option('--plan <plan>', 'the subscription plan, which determines the prices')
    .option('--zone <zone>', 'the time zone of the account')
    .addOption(ceiling())
    .option('--reopen', 'reopen a closed account')
    .option('--terms <days>', 'sell passes on terms of so many days; none: sell nothing')
    .option('--credit-limit <amount>', 'the most that may be owed, with tax; none: no limit')
    .addOption(
      new Option('--pay-first', 'the passes of an order come when it is paid').conflicts(
        'creditFirst',
      ),
    )
    .option('--credit-first', 'the passes of an order come at once')
    .option('--hold', 'take no orders on terms')
    .option('--no-hold', 'take orders on terms again')
    .action(async (options: UpdateOptions) => {
      const { slug, name, plan, zone: timeZone, emergencyCeiling } = options;
      const billingMode = options.billed ? 'BILLED' : options.unbilled ? 'UNBILLED' : undefined;
      const isClosed = options.reopen ? false : undefined;
      const settings = { name, plan, timeZone, emergencyCeiling, billingMode, isClosed } as const;
      const change = { ...settings, ...termsOf(options) };
      if (Object.values(change).every((value) => value === undefined)) {
        throw new Error('Name at least one setting to change, e.g. --plan or --billed.');
      }
      printAccount(await withOperator((on) => changeAccount(on, slug, change), flags), options);
    });
}

/** What is named of the terms on which passes are sold. */
function termsOf({ terms, creditLimit, payFirst, creditFirst, hold }: UpdateOptions) {
  return {
    termsDays: terms === undefined ? undefined : terms === 'none' ? null : Number(terms),
    creditLimit: creditLimit === 'none' ? null : creditLimit,
    creditFirst: payFirst ? false : creditFirst,
    isOnHold: hold,
  };
}
