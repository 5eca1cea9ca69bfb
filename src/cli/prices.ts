import type { Command } from 'commander';
import { readFile, stat } from 'node:fs/promises';
import { formatMinor } from '../core/money';
import { importPrices } from '../operator/import-prices';
import { OperatorRefusal } from '../operator/operator';
import type { Price, PriceChanges } from '../operator/price-changes.rules';
import { print, withOperator } from './with-operator';

interface ImportOptions {
  dryRun?: boolean;
  json?: boolean;
}

/** A price list is some kilobytes. */
const fileBytesMax = 5_000_000;

/** `daypass prices`: how the operator sets what a pass costs. */
export function addPricesVerb(program: Command): void {
  program
    .command('prices')
    .description('Manage the price list.')
    .command('import')
    .description(
      'Make the price list match a CSV file, completely or not at all, and print the changes.',
    )
    .argument('<file>', 'plan,currency,minimum_quantity,unit_price,pack_size,valid_from,valid_to')
    .option('--dry-run', 'only print the changes; change nothing')
    .option('--json', 'print one JSON object')
    .action(async (file: string, { dryRun = false, ...output }: ImportOptions) => {
      const flags = { file };
      const changes = await withOperator(
        async (on) => importPrices(on, { text: await readText(file), dryRun }),
        flags,
      );
      print({ dryRun, ...written(changes) }, describe(changes, dryRun), output);
    });
}

async function readText(file: string): Promise<string> {
  const { size } = await stat(file).catch(() => {
    throw new OperatorRefusal('file', 'cannot be read');
  });
  if (size > fileBytesMax) throw new OperatorRefusal('file', 'is too large for a price list');
  return readFile(file, 'utf8');
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

function describe(changes: PriceChanges, dryRun: boolean): string {
  const lines = [
    ...changes.removed.map((price) => `- ${line(price)} (example)`),
    ...changes.ended.map((price) => `| ${line(price)}`),
    ...changes.replaced.map((price) => `~ ${line(price)}`),
    ...changes.added.map((price) => `+ ${line(price)}`),
  ];
  const counts = (['added', 'replaced', 'ended', 'removed'] as const).map(
    (name) => `${changes[name].length} ${name}`,
  );
  const sum = `${counts.join(', ')}, ${changes.unchanged} unchanged.`;
  return [...lines, dryRun ? `${sum} Dry run: nothing was changed.` : sum].join('\n');
}

function line(price: Price): string {
  const { plan, currency, minimumQuantity, unitPriceMinor: minor, packSize } = price;
  const amount = `${formatMinor({ minor, currency })} ${currency}`;
  const packs = packSize === 1 ? '' : `, in packs of ${packSize}`;
  const until = price.validTo ? ` until ${price.validTo.toISOString()}` : '';
  const valid = `from ${price.validFrom.toISOString()}${until}`;
  return `${plan}, ${minimumQuantity} or more: ${amount} each${packs}, ${valid}`;
}
