import type { Command } from 'commander';
import { formatMinor } from '../core/money';
import { importPrices } from '../operator/import-prices';
import type { PriceChanges } from '../operator/price-changes.rules';
import type { Price } from '../operator/price-file.rules';
import { describeChanges, describeValidity, readList } from './read-list';
import { print, withOperator } from './with-operator';

interface ImportOptions {
  dryRun?: boolean;
  json?: boolean;
}

/** `daypass prices`: how the operator sets what a pass costs. */
export function addPricesVerb(program: Command): void {
  program
    .command('prices')
    .description('Manage the price list.')
    .command('import')
    .description(
      'Add and change the prices that a CSV file names, completely or not at all, and print the changes.',
    )
    .argument('<file>', 'plan,currency,minimum_quantity,unit_price,pack_size,valid_from,valid_to')
    .option('--dry-run', 'only print the changes; change nothing')
    .option('--json', 'print one JSON object')
    .action(async (file: string, { dryRun = false, ...output }: ImportOptions) => {
      const flags = { file };
      const changes = await withOperator(
        async (on) => importPrices(on, { text: await readList(file), dryRun }),
        flags,
      );
      print({ dryRun, ...written(changes) }, describeChanges(changes, { line, dryRun }), output);
    });
}

function written({ unchanged, ...changes }: PriceChanges) {
  const lists = Object.entries(changes).map(
    ([name, prices]: [string, Price[]]): [string, object[]] => [
      name,
      prices.map(({ unitPriceMinor: minor, ...price }) => ({
        ...price,
        unitPrice: formatMinor({ minor, currency: price.currency }),
      })),
    ],
  );
  return { ...Object.fromEntries(lists), unchanged };
}

function line(price: Price): string {
  const { plan, currency, minimumQuantity, unitPriceMinor: minor, packSize } = price;
  const amount = `${formatMinor({ minor, currency })} ${currency}`;
  const packs = packSize === 1 ? '' : `, in packs of ${packSize}`;
  return `${plan}, ${minimumQuantity} or more: ${amount} each${packs}, ${describeValidity(price)}`;
}
