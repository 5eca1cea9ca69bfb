import { readFile, stat } from 'node:fs/promises';
import { OperatorRefusal } from '../operator/operator';
import type { ListChanges, Valid } from '../operator/list-changes.rules';

/** A list is some kilobytes. */
const fileBytesMax = 5_000_000;

/** The text of a CSV file of the operator's. Throws an OperatorRefusal. */
export async function readList(file: string): Promise<string> {
  const { size } = await stat(file).catch(() => {
    throw new OperatorRefusal('file', 'cannot be read');
  });
  if (size > fileBytesMax) throw new OperatorRefusal('file', 'is too large for a list');
  return readFile(file, 'utf8');
}

/** The changes of an import, one per line, and their number. */
export function describeChanges<Item extends Valid>(
  changes: ListChanges<Item> & { removed?: Item[] },
  { line, dryRun }: { line: (item: Item) => string; dryRun: boolean },
): string {
  const { added, replaced, ended, removed } = changes;
  const lines = [
    ...(removed ?? []).map((item) => `- ${line(item)} (example)`),
    ...ended.map((item) => `| ${line(item)}`),
    ...replaced.map((item) => `~ ${line(item)}`),
    ...added.map((item) => `+ ${line(item)}`),
  ];
  const counts = [
    `${added.length} added`,
    `${replaced.length} replaced`,
    `${ended.length} ended`,
    ...(removed ? [`${removed.length} removed`] : []),
  ];
  const sum = `${counts.join(', ')}, ${changes.unchanged} unchanged.`;
  return [...lines, dryRun ? `${sum} Dry run: nothing was changed.` : sum].join('\n');
}

/** 'from 2027-01-01T00:00:00.000Z until …' */
export function describeValidity({ validFrom, validTo }: Valid): string {
  const until = validTo ? ` until ${validTo.toISOString()}` : '';
  return `from ${validFrom.toISOString()}${until}`;
}
