import { Option, type Command } from 'commander';
import { wholeNumber } from './with-operator';

/** How an answer is printed. */
export interface Printed {
  json?: boolean;
}

/** Flags whose names differ from those of the values. */
export const flags = { timeZone: '--zone', billingMode: '--billed', sandbox: '--sandbox' };

export function withSlug(verb: Command): Command {
  return verb
    .requiredOption('--slug <slug>', 'the short name of the account, used in addresses')
    .option('--json', 'print one JSON object');
}

export function withTerms(verb: Command): Command {
  return verb
    .addOption(
      new Option('--billed', 'only the operator sells and grants passes').conflicts('unbilled'),
    )
    .option(
      '--unbilled',
      "the account's admins order and grant passes, and the account pays nothing",
    );
}

export function ceiling(): Option {
  return new Option(
    '--emergency-ceiling <passes>',
    'the highest emergency allowance that admins of a billed account may set',
  ).argParser(wholeNumber);
}
