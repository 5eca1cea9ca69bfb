import { InvalidArgumentError, type Command } from 'commander';
import { grantPasses } from '../operator/grant-passes';
import { print, wholeNumber, withOperator } from './with-operator';

interface GrantOptions {
  account: string;
  quantity: number;
  reason: string;
  expires?: Date;
  idempotencyKey: string;
  json?: boolean;
}

/** `daypass passes`: how the operator adds passes to an account, billed or not. */
export function addPassesVerb(program: Command): void {
  program
    .command('passes')
    .description('Manage day passes, as the operator of the service.')
    .command('grant')
    .description("Add passes to an account's own wallet without a purchase.")
    .requiredOption('--account <slug>', 'the slug of the account')
    .requiredOption('--quantity <passes>', 'the number of passes, 1 to 1,000,000', wholeNumber)
    .requiredOption('--reason <text>', 'the reason; the account sees it in its ledger')
    .requiredOption(
      '--idempotency-key <key>',
      'an idempotency key of your choice: repeating it adds nothing',
    )
    .option('--expires <instant>', 'when the unused passes expire, e.g. 2027-12-31T23:00Z', instant)
    .option('--json', 'print {"account", "balance", "replayed"}')
    .action(
      async ({
        expires = null,
        ...options
      }: Omit<GrantOptions, 'expires'> & { expires?: Date | null }) => {
        const { account, quantity } = options;
        const done = await withOperator((on) => grantPasses(on, { ...options, expires }));
        const what = done.replayed
          ? 'This grant was made before; nothing was added.'
          : `Granted ${quantity} passes.`;
        print(
          { account, ...done },
          `${what} The balance of ${account} is ${done.balance}.`,
          options,
        );
      },
    );
}

function instant(text: string): Date {
  const read = new Date(text);
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(read.getTime())) {
    return read;
  }
  throw new InvalidArgumentError('It must be an instant with its offset, e.g. 2027-12-31T23:00Z.');
}
