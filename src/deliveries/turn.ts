import { isSuccess, judgeTry, type AfterTry, type TryResult } from './try.rules';

/** An endpoint that this turn may deliver to, until its lease ends. */
export interface Claimed {
  accountId: string;
  id: string;
  lease: string;
  url: string;
  /** Kinds of entries; empty: all. */
  kinds: readonly string[];
  /** The number of the last entry that is done with. */
  sequence: number;
  /** What is sent again before live delivery continues; null if nothing is. */
  replay: { after: number; through: number; sequences: readonly number[] | null } | null;
  failures: number;
  failingMs: number | null;
  secretVersion: number;
  previousSecretSigns: boolean;
}

/** An entry to deliver. */
export interface Delivery<Entry> {
  sequence: number;
  kind: string;
  entry: Entry;
}

/** The next entries for an endpoint, in order, and the number through which the journal was read. */
export interface NextDeliveries<Entry> {
  deliveries: readonly Delivery<Entry>[];
  through: number;
  /** Whether nothing follows at present. */
  isLast: boolean;
}

/** What a turn writes after each step. */
export interface Move {
  /** Through which number the endpoint is done. */
  through: number;
  isReplay: boolean;
  /** Null if no entry of a wanted kind was there. */
  tried: { sequence: number; kind: string; result: TryResult; after: AfterTry } | null;
}

/** Where a turn reads and writes. A write fails, with false, once the lease is lost. */
export interface TurnStore<Entry> {
  next(endpoint: Claimed, limit: number): Promise<NextDeliveries<Entry>>;
  write(endpoint: Claimed, move: Move): Promise<boolean>;
}

export interface TurnOptions<Entry> {
  store: TurnStore<Entry>;
  send(endpoint: Claimed, delivery: Delivery<Entry>, isReplay: boolean): Promise<TryResult>;
  /** Whether another try may begin. */
  mayGoOn(): boolean;
  random?: () => number;
}

/** Read at once; a turn ends within seconds, and what is left is read again. */
const pageSize = 50;

/**
 * One turn of one endpoint: sends what comes next, one entry at a time, and moves the endpoint after
 * each of them. It ends at the end of the journal, at the first failure, when its time is over, or
 * when the lease is lost. An entry whose move was not written is sent again, with the same id: at
 * least once, and never one before its predecessor is done.
 */
export async function takeTurn<Entry>(
  claimed: Claimed,
  { store, send, mayGoOn, random = Math.random }: TurnOptions<Entry>,
): Promise<void> {
  let at = claimed;
  while (mayGoOn()) {
    const isReplay = at.replay !== null;
    const { deliveries, through, isLast } = await store.next(at, pageSize);
    for (const delivery of deliveries) {
      if (!mayGoOn()) return;
      const result = await send(at, delivery, isReplay);
      const after = judgeTry(result, at, random());
      const { sequence, kind } = delivery;
      const isDone = isSuccess(result.status);
      const move = {
        through: isDone ? sequence : positionOf(at),
        isReplay,
        tried: { sequence, kind, result, after },
      };
      if (!(await store.write(at, move)) || !isDone) return;
      at = { ...moved(at, sequence), failures: 0, failingMs: null };
    }
    if (through > positionOf(at)) {
      if (!(await store.write(at, { through, isReplay, tried: null }))) return;
      at = moved(at, through);
    }
    if (isReplay && (isLast || through >= at.replay!.through)) {
      at = { ...at, replay: null };
    } else if (isLast) return;
  }
}

/** The number of the last entry that is done with, of the replay if there is one. */
export function positionOf({ replay, sequence }: Claimed): number {
  return replay ? replay.after : sequence;
}

function moved(at: Claimed, through: number): Claimed {
  if (!at.replay) return { ...at, sequence: through };
  return { ...at, replay: { ...at.replay, after: through } };
}
