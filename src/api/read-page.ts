import type { AccountRows } from '../db/account-rows';
import type { AccountScope } from '../db/account-scope';
import { totalCountMax, type Connection } from './connection';
import {
  encodeListCursor,
  keyKinds,
  readPageRequest,
  type ListOrder,
  type Page,
  type PageRequest,
  type RowKey,
} from './page.rules';

/** A list that can be paged: which rows, and in what order. */
export interface List<Row extends object> {
  /** The list's own name; one that hangs on another row names that row too. */
  name: string;
  /** All rows of the list, from `AccountScope`. */
  rows: AccountRows<Row>;
  order: ListOrder;
}

/** A row and its place in its list. */
export interface KeyedRow<Row> {
  row: Row;
  key: RowKey;
}

/**
 * One page of a list by keyset: rows that are written before or after the page do not move it.
 * Throws BAD_USER_INPUT where `readPageRequest` does.
 */
export async function readPage<Row extends { id: string }, NodeType>(
  scope: AccountScope,
  list: List<Row>,
  request: PageRequest,
  toNode: (row: Row) => NodeType,
  /** Reads what the fields of the page's objects will ask for. */
  preload?: (rows: readonly Row[]) => Promise<unknown>,
): Promise<Connection<NodeType>> {
  const { order, rows } = list;
  const place = { list: list.name, accountId: scope.accountId, order };
  const page = readPageRequest(request, place);
  const found = await readKeyedRows(list, page);
  await preload?.(found.slice(0, page.size).map(({ row }) => row));
  return connectionOf(page, found, {
    cursorOf: (key) => encodeListCursor(place, key),
    toNode,
    hasRows: async (side, of) => {
      return (await bounded(rows.clone(), order, { [side]: of }).getOne()) !== null;
    },
    total: async () => {
      const total = await rows.count(totalCountMax + 1);
      return total > totalCountMax ? null : total;
    },
  });
}

/**
 * The connection of a page that was read with one row more than its size. Whether the list
 * continues beyond a bound that the client set is looked up only if it is selected.
 */
export function connectionOf<Row, NodeType>(
  page: Page,
  found: readonly KeyedRow<Row>[],
  list: {
    cursorOf: (key: RowKey) => string;
    toNode: (row: Row) => NodeType;
    /** Whether the list has a row at a place or on the far side of it. */
    hasRows: (side: 'upTo' | 'from', of: RowKey) => Promise<boolean>;
    total: () => Promise<number | null>;
  },
): Connection<NodeType> {
  const { size, backwards, after, before } = page;
  const hasMore = found.length > size;
  const kept = found.slice(0, size);
  if (backwards) kept.reverse();
  const hasBefore = once(() => list.hasRows('upTo', after!));
  const hasAfter = once(() => list.hasRows('from', before!));
  const edges = kept.map(({ row, key }) => ({
    cursor: () => list.cursorOf(key),
    node: list.toNode(row),
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage: (!backwards && hasMore) || (before !== null && hasAfter),
      hasPreviousPage: (backwards && hasMore) || (after !== null && hasBefore),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges[edges.length - 1]?.cursor ?? null,
    },
    totalCount: once(list.total),
  };
}

/** A field may be selected under many names, and each of them calls its function. */
function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let known: Promise<Value> | undefined;
  return () => (known ??= read());
}

/** The page's rows and one more, from the end that is read from. */
async function readKeyedRows<Row extends { id: string }>(
  { rows, order }: List<Row>,
  page: Page,
): Promise<KeyedRow<Row>[]> {
  const forwards = order.direction === 'ASC';
  const direction = forwards === page.backwards ? 'DESC' : 'ASC';
  const query = bounded(rows.clone(), order, page).limit(page.size + 1);
  order.keys.forEach(({ sql, kind }, at) => {
    query.addSelect(keyKinds[kind].read(sql), `key${at}`).addOrderBy(sql, direction);
  });
  const found = await query
    .addOrderBy('row.id', direction)
    .getMany<Record<`key${number}`, string | number>>();
  return found.map((row) => ({
    row,
    key: [...order.keys.map((_, at) => row[`key${at}`]!), row.id],
  }));
}

/** The places that bound the read: strictly after and before, or including the place itself. */
interface Bounds {
  after?: RowKey | null;
  before?: RowKey | null;
  from?: RowKey | null;
  upTo?: RowKey | null;
}

function bounded<Row extends object>(
  query: AccountRows<Row>,
  order: ListOrder,
  bounds: Bounds,
): AccountRows<Row> {
  const columns = [...order.keys.map(({ sql }) => sql), 'row.id'].join(', ');
  const ascending = order.direction === 'ASC';
  const add = (name: keyof Bounds, operator: string) => {
    const key = bounds[name];
    if (!key) return;
    const values = order.keys.map(({ kind }, at) => keyKinds[kind].bind(`:${name}${at}`));
    const id = `cast(:${name}${order.keys.length} as uuid)`;
    query.andWhere(
      `(${columns}) ${operator} (${[...values, id].join(', ')})`,
      Object.fromEntries(key.map((value, at) => [`${name}${at}`, value])),
    );
  };
  add('after', ascending ? '>' : '<');
  add('before', ascending ? '<' : '>');
  add('from', ascending ? '>=' : '<=');
  add('upTo', ascending ? '<=' : '>=');
  return query;
}
