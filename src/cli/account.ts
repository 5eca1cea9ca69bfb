import type { Command } from 'commander';
import { listAccountSummaries, readAccountSummary } from '../operator/account.queries';
import { changeAccount } from '../operator/change-account';
import { addAccountBilling } from './account-billing';
import { addAccountCreate } from './account-create';
import { withSlug, type Printed } from './account-options';
import { inOneLine, printAccount } from './account-summary';
import { addAccountUpdate } from './account-update';
import { print, withOperator } from './with-operator';

/** `daypass account`: how the operator makes accounts, sets their terms and closes them. */
export function addAccountVerb(program: Command): void {
  const account = program
    .command('account')
    .description('Create, list, show, change and close accounts.');
  addAccountCreate(account);
  addAccountBilling(account);
  account
    .command('list')
    .description('List the accounts by slug.')
    .option('--json', 'print {"accounts": […]}')
    .action(async (output: Printed) => {
      const accounts = await withOperator(({ source }) => listAccountSummaries(source));
      const text = accounts.map(inOneLine).join('\n') || 'There are no accounts.';
      print({ accounts }, text, output);
    });
  withSlug(account.command('show'))
    .description('Show one account.')
    .action(async ({ slug, ...output }: Printed & { slug: string }) => {
      printAccount(await withOperator(({ source }) => readAccountSummary(source, slug)), output);
    });
  addAccountUpdate(account);
  withSlug(account.command('close'))
    .description(
      'Close an account. From now on no passes are bought, granted or used. Access to the agent portal ends when the last active pass ends. The journal is kept.',
    )
    .action(async ({ slug, ...output }: Printed & { slug: string }) => {
      const closed = await withOperator((on) => changeAccount(on, slug, { isClosed: true }));
      printAccount(closed, output);
    });
}
