import { DomainError } from '../core/domain-error';
import { isId } from '../core/ids';
import { isStorable } from '../core/texts';

/** The Relay arguments of a connection, as sent. */
export interface PageRequest {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/**
 * One column, or expression, that a list is ordered by. It is never null: use `coalesce` if needed.
 */
export interface OrderKey {
  /** Over the alias `row`, e.g. `lower(row.name)`. */
  sql: string;
  kind: KeyKind;
}

/** A whole order: the keys and then the row's id, all of them in one direction. */
export interface ListOrder {
  /** The name of this order among those of the list, e.g. `NAME`. */
  name: string;
  keys: readonly OrderKey[];
  direction: 'ASC' | 'DESC';
}

/** The scope of a cursor: one list of one account, in one order. */
export interface ListPlace {
  /** The list's own name; one that hangs on another row names that row too. */
  list: string;
  accountId: string;
  order: ListOrder;
}

/** A row's place in its list: the order's values, then its id. */
export type RowKey = readonly (string | number)[];

/** What to read: the size of the page, from which end, and between which two places. */
export interface Page {
  size: number;
  backwards: boolean;
  after: RowKey | null;
  before: RowKey | null;
}

/** How many rows a page has, and from which end. Throws BAD_USER_INPUT for values out of bounds. */
export function readPageSize({ first, last }: PageRequest): Pick<Page, 'size' | 'backwards'> {
  if (first != null && last != null) throw badInput('Give first or last, not both.');
  const size = first ?? last ?? pageSize.byDefault;
  if (size < 0 || size > pageSize.most)
    throw badInput(`A page has 0 to ${pageSize.most} items. Choose a number in this range.`);
  return { size, backwards: last != null };
}

export const pageSize = { most: 100, byDefault: 20 };

/**
 * Reads the arguments of a page. Throws BAD_USER_INPUT for sizes out of bounds, for both ends at
 * once, and for a cursor of another list, account or order.
 */
export function readPageRequest(request: PageRequest, place: ListPlace): Page {
  const { after, before } = request;
  return {
    ...readPageSize(request),
    after: after == null ? null : decodeListCursor(after, place),
    before: before == null ? null : decodeListCursor(before, place),
  };
}

/** Cursors name their kind, so that a cursor of the journal is never accepted by a list. */
const cursorKind = 'l1';
const cursorLengthMax = 4_000;

/** The opaque text for a row's place in its list. */
export function encodeListCursor(place: ListPlace, key: RowKey): string {
  const text = JSON.stringify([...identityOf(place), ...key]);
  return `${cursorKind}.${Buffer.from(text).toString('base64url')}`;
}

function decodeListCursor(text: string, place: ListPlace): RowKey {
  const parts = text.length <= cursorLengthMax ? partsOf(text) : [];
  const identity = identityOf(place);
  const key = parts.slice(identity.length);
  const isOurs = identity.every((part, at) => parts[at] === part) && isKeyOf(place.order, key);
  if (!isOurs)
    throw badInput(
      'This is not a cursor of this list in this order. Pass a cursor exactly as the list returned it.',
    );
  return key;
}

function identityOf({ list, accountId, order }: ListPlace): string[] {
  return [list, accountId, `${order.name} ${order.direction}`];
}

function partsOf(cursor: string): unknown[] {
  const [kind, body, ...rest] = cursor.split('.');
  if (kind !== cursorKind || !body || rest.length > 0) return [];
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

/** Whether PostgreSQL accepts the values: a cursor is opaque, but a client can change it. */
function isKeyOf(order: ListOrder, key: unknown[]): key is (string | number)[] {
  if (key.length !== order.keys.length + 1) return false;
  const id = key[key.length - 1];
  return (
    typeof id === 'string' &&
    isId(id) &&
    order.keys.every(({ kind }, at) => keyKinds[kind].holds(key[at]))
  );
}

type KeyKind = keyof typeof keyKinds;

/**
 * How a value is written into a cursor and how it is bound in SQL. Instants travel as whole
 * microseconds, the finest that a column can hold, so that no row is skipped or read twice.
 */
export const keyKinds = {
  text: {
    read: (sql: string) => sql,
    bind: (parameter: string) => `cast(${parameter} as text)`,
    holds: (value: unknown) => typeof value === 'string' && isStorable(value),
  },
  number: {
    read: (sql: string) => sql,
    bind: (parameter: string) => `cast(${parameter} as integer)`,
    holds: (value: unknown) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  },
  instant: {
    read: (sql: string) => `(extract(epoch from ${sql}) * 1000000)::bigint`,
    bind: (parameter: string) =>
      `(timestamptz 'epoch' + cast(${parameter} as bigint) * interval '1 microsecond')`,
    holds: (value: unknown) => Number.isSafeInteger(value) && Math.abs(value as number) < 4e15,
  },
};

function badInput(message: string): DomainError {
  return new DomainError('BAD_USER_INPUT', message);
}
