import type { Command } from 'commander';
import { formatRate } from '../ledger/books/tax.rules';
import { importTax, listTax } from '../operator/import-tax';
import type { Tax } from '../operator/tax-file.rules';
import { describeChanges, describeValidity, readList } from './read-list';
import { print, withOperator } from './with-operator';

interface Output {
  json?: boolean;
}

/** `daypass tax`: the rates that quotes and invoices are made with. */
export function addTaxVerb(program: Command): void {
  const tax = program.command('tax').description('Manage the tax rates on day passes, by country.');
  tax
    .command('import')
    .description(
      'Add and change the tax rates that a CSV file names, completely or not at all, and print the changes.',
    )
    .argument('<file>', 'country,category,rate,valid_from,valid_to')
    .option('--dry-run', 'only print the changes; change nothing')
    .option('--json', 'print one JSON object')
    .action(async (file: string, { dryRun = false, ...output }: Output & { dryRun?: boolean }) => {
      const { unchanged, ...changes } = await withOperator(
        async (on) => importTax(on, { text: await readList(file), dryRun }),
        { file },
      );
      const { added, replaced, ended } = changes;
      print(
        {
          dryRun,
          added: added.map(written),
          replaced: replaced.map(written),
          ended: ended.map(written),
          unchanged,
        },
        describeChanges({ ...changes, unchanged }, { line, dryRun }),
        output,
      );
    });
  tax
    .command('list')
    .description('Print all tax rates, those of the past and the future too.')
    .option('--json', 'print {"rates"}')
    .action(async (output: Output) => {
      const rates = await withOperator(({ source }) => listTax(source));
      const text =
        rates.map(line).join('\n') ||
        'There are no tax rates. Sales that need one are quoted without tax.';
      print({ rates: rates.map(written) }, text, output);
    });
}

function written({ country, category, basisPoints, validFrom, validTo }: Tax) {
  return { country, category, rate: formatRate(basisPoints), validFrom, validTo };
}

function line({ country, category, basisPoints, ...validity }: Tax): string {
  return `${country}: ${category} ${formatRate(basisPoints)} %, ${describeValidity(validity)}`;
}
