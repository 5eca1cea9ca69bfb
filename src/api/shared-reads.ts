import type { AccountScope } from '../db/account-scope';

/**
 * Reads many rows of one account by key; answers in the keys' order, null for a key without a row.
 */
export type LoadMany<Key, Row> = (
  scope: AccountScope,
  keys: readonly Key[],
) => Promise<(Row | null)[]>;

/** A full read is sent at once, and the next key begins another. */
const keysMax = 1_000;

interface Read {
  /** Each key once, because a reader of many may rely on that. */
  keys: unknown[];
  /** Where a key is among them. */
  places: Map<unknown, number>;
  rows: Promise<unknown[]>;
}

/**
 * Joins the same reads of several requests into one statement. A batch of the ledger answers up to
 * 256 requests at one moment, and most of them then read the wallet.
 *
 * Only requests of one account that ask in the same turn of the event loop are joined, before the
 * statement is sent: nobody is answered by a read that began before it was asked for.
 */
export class SharedReads {
  private readonly next = new Map<unknown, Map<string, Read>>();

  async load<Key, Row>(
    scope: AccountScope,
    loadMany: LoadMany<Key, Row>,
    keys: readonly Key[],
  ): Promise<(Row | null)[]> {
    const read = this.nextRead(scope, loadMany);
    const places = keys.map((key) => placeOf(read, key));
    const rows = (await read.rows) as (Row | null)[];
    return places.map((place) => rows[place] ?? null);
  }

  private nextRead<Key, Row>(scope: AccountScope, loadMany: LoadMany<Key, Row>): Read {
    const ofKind = this.next.get(loadMany) ?? new Map<string, Read>();
    this.next.set(loadMany, ofKind);
    const of = `${scope.accountId} ${scope.lane}`;
    const waiting = ofKind.get(of);
    if (waiting && waiting.keys.length < keysMax) return waiting;

    const keys: Key[] = [];
    const turnEnded = new Promise((resolve) => setImmediate(resolve));
    const rows = turnEnded.then(() => {
      if (ofKind.get(of) === read) ofKind.delete(of);
      return loadMany(scope, keys);
    });
    const read: Read = { keys, places: new Map(), rows };
    ofKind.set(of, read);
    return read;
  }
}

function placeOf({ keys, places }: Read, key: unknown): number {
  const known = places.get(key);
  if (known !== undefined) return known;
  places.set(key, keys.length);
  return keys.push(key) - 1;
}
