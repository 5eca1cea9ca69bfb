import { OperatorRefusal } from './operator';

/** An item of a list, of which one per key is valid at a time. */
export interface Valid {
  validFrom: Date;
  /** The first instant at which it no longer applies; null: no end is set. */
  validTo: Date | null;
}

/** An item of an operator's file. `validFrom` is null if it begins at the import. */
export type FileItem<Item extends Valid> = Omit<Item, 'validFrom'> & {
  /** Its line in the file, for refusals. */
  line: number;
  validFrom: Date | null;
};

/** What an import does to a list. */
export interface ListChanges<Item extends Valid> {
  added: Item[];
  /** Future items whose value or end changes. */
  replaced: Item[];
  /** Items that end when the next one of the file begins; `validTo` is the new end. */
  ended: Item[];
  /** How many items of the file are in the list already. */
  unchanged: number;
}

/** How the items of a list are compared. */
export interface ListRules<Item extends Valid> {
  /** One item, for refusals: price. */
  item: string;
  /** Items with one key follow each other in time. */
  keyOf: (item: Omit<Item, keyof Valid>) => string;
  /** What must not change once it has begun. */
  valueOf: (item: Omit<Item, keyof Valid>) => string;
}

/**
 * The changes of a file. What has begun, or has ended, never changes: only another item can follow
 * it. Throws an OperatorRefusal that names the wrong line.
 */
export function planListChanges<Item extends Valid>(
  { list, file, now }: { list: readonly Item[]; file: readonly FileItem<Item>[]; now: Date },
  rules: ListRules<Item>,
): ListChanges<Item> {
  const changes: ListChanges<Item> = { added: [], replaced: [], ended: [], unchanged: 0 };
  // The list as it becomes, so that each item of the file is judged beside those before it.
  const coming = list.map((row) => ({ ...row }));
  for (const placed of inOrder(file, now, rules)) place(placed, { coming, changes, now, rules });
  return changes;
}

interface Placed<Item> {
  item: Item;
  line: number;
  isFromNow: boolean;
}

/**
 * The items of a file by their beginning. An item without an end ends when the file's next item with
 * its key begins.
 */
function inOrder<Item extends Valid>(
  file: readonly FileItem<Item>[],
  now: Date,
  { keyOf }: ListRules<Item>,
): Placed<Item>[] {
  const placed = file
    .map(({ line, ...given }) => {
      const validFrom = beginningOf(given);
      const item = { ...given, validFrom: validFrom ?? now } as unknown as Item;
      return { item, line, isFromNow: validFrom === null };
    })
    .sort((one, other) => one.item.validFrom.getTime() - other.item.validFrom.getTime());
  return placed.map(({ item, line, isFromNow }, at) => {
    const next = placed.slice(at + 1).find((other) => keyOf(other.item) === keyOf(item));
    if (!next) return { item, line, isFromNow };
    const begins = next.item.validFrom;
    const isSame = begins.getTime() === item.validFrom.getTime();
    if (isSame || (item.validTo && item.validTo > begins)) {
      const [first, second] = [line, next.line].sort((a, b) => a - b);
      throw new OperatorRefusal('file', `lines ${first} and ${second} overlap`);
    }
    return { item: { ...item, validTo: item.validTo ?? begins }, line, isFromNow };
  });
}

/** Typed here, as the rest of a generic object loses the null. */
function beginningOf({ validFrom }: { validFrom: Date | null }): Date | null {
  return validFrom;
}

function place<Item extends Valid>(
  { item, line, isFromNow }: Placed<Item>,
  {
    coming,
    changes,
    now,
    rules,
  }: { coming: Item[]; changes: ListChanges<Item>; now: Date; rules: ListRules<Item> },
): void {
  const rows = coming.filter((row) => rules.keyOf(row) === rules.keyOf(item));
  const refuse = (message: string) => new OperatorRefusal('file', `line ${line}: ${message}`);
  const same = rows.find((row) =>
    isFromNow ? isValidAt(row, now) : row.validFrom.getTime() === item.validFrom.getTime(),
  );
  if (same && isEqual(same, item, rules)) {
    changes.unchanged += 1;
    return;
  }
  if (item.validFrom < now) {
    const advice = `leave it empty for a ${rules.item} that applies from the time of the import`;
    throw refuse(`valid_from ${item.validFrom.toISOString()} is in the past; ${advice}`);
  }
  if (item.validTo && item.validTo <= item.validFrom) {
    throw refuse('valid_to must be after valid_from');
  }
  const later = rows.find(
    ({ validFrom }) => validFrom > item.validFrom && !(item.validTo && item.validTo <= validFrom),
  );
  if (later) {
    const from = later.validFrom.toISOString();
    throw refuse(`it overlaps the ${rules.item} in the list that begins at ${from}; end it there`);
  }
  if (same && !isFromNow) {
    Object.assign(same, item);
    changes.replaced.push(item);
    return;
  }
  const before = rows.find((row) => isValidAt(row, item.validFrom));
  if (before) {
    before.validTo = item.validFrom;
    changes.ended.push(before);
  }
  coming.push(item);
  changes.added.push(item);
}

function isValidAt({ validFrom, validTo }: Valid, at: Date): boolean {
  return validFrom <= at && (validTo === null || validTo > at);
}

function isEqual<Item extends Valid>(
  one: Item,
  other: Item,
  { valueOf }: ListRules<Item>,
): boolean {
  return (
    valueOf(one) === valueOf(other) &&
    // An item that was followed by a later one has ended since; the file may still have it without
    // an end.
    (other.validTo === null || one.validTo?.getTime() === other.validTo.getTime())
  );
}
