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

/** One try, as the log has it. */
export interface Tried {
  sequence: number;
  kind: string;
  result: TryResult;
  after: AfterTry;
}

/** What a turn writes. */
export interface Move {
  /** Through which number the endpoint is done. */
  through: number;
  isReplay: boolean;
  /** The tries since the last move, in order; only the last one may have failed. */
  tried: readonly Tried[];
}

/** Where a turn reads and writes. A write fails, with false, once the lease is lost. */
export interface TurnStore<Entry> {
  next(endpoint: Claimed, limit: number): Promise<NextDeliveries<Entry>>;
  write(endpoint: Claimed, move: Move): Promise<boolean>;
}

export interface TurnOptions<Entry> {
  store: TurnStore<Entry>;
  /** Null: the process stops, and the try says nothing about the receiver. */
  send(endpoint: Claimed, delivery: Delivery<Entry>, isReplay: boolean): Promise<TryResult | null>;
  /** Resolves when another try may begin; false: the turn is over. */
  mayContinue(): Promise<boolean>;
  /** How many tries of a page are written together; `isLast`: nothing waits after the page. */
  triesPerWrite?: (page: { isLast: boolean }) => number;
  random?: () => number;
}

/** Read at once; a turn ends within seconds, and what is left is read again. */
const pageSize = 50;

/**
 * One turn of one endpoint: sends what comes next, one entry at a time, and moves the endpoint after
 * them. It ends at the end of the journal, at the first failure, when its time is over, or when the
 * lease is lost. Entries whose move was not written are sent again, with the same ids: at least once,
 * and never one before its predecessor is done.
 */
export async function takeTurn<Entry>(
  claimed: Claimed,
  options: TurnOptions<Entry>,
): Promise<void> {
  const { store, mayContinue } = options;
  let at: Claimed | null = claimed;
  while (await mayContinue()) {
    const isReplay = at.replay !== null;
    const page: NextDeliveries<Entry> = await store.next(at, pageSize);
    at = await sendPage(at, page, options);
    if (!at) return;
    if (page.through > positionOf(at)) {
      if (!(await store.write(at, { through: page.through, isReplay, tried: [] }))) return;
      at = moved(at, page.through);
    }
    if (isReplay && (page.isLast || page.through >= at.replay!.through)) {
      at = { ...at, replay: null };
    } else if (page.isLast) return;
  }
}

/** Sends the entries of a page. Returns where the endpoint is then; null if the turn is over. */
async function sendPage<Entry>(
  claimed: Claimed,
  page: NextDeliveries<Entry>,
  { store, send, mayContinue, triesPerWrite = () => 1, random = Math.random }: TurnOptions<Entry>,
): Promise<Claimed | null> {
  let at = claimed;
  const isReplay = at.replay !== null;
  let tried: Tried[] = [];
  const write = async () => {
    const move = { through: positionOf(at), isReplay, tried };
    tried = [];
    return move.tried.length === 0 || store.write(at, move);
  };
  for (const [place, delivery] of page.deliveries.entries()) {
    const result = (await mayContinue()) ? await send(at, delivery, isReplay) : null;
    if (!result) return (await write(), null);
    const { sequence, kind } = delivery;
    tried.push({ sequence, kind, result, after: judgeTry(result, at, random()) });
    const isDone = isSuccess(result.status);
    if (isDone) at = { ...moved(at, sequence), failures: 0, failingMs: null };
    const isEnd = place === page.deliveries.length - 1;
    if (isDone && !isEnd && tried.length < triesPerWrite(page)) continue;
    if (!(await write()) || !isDone) return null;
  }
  return at;
}

/** The number of the last entry that is done with, of the replay if there is one. */
export function positionOf({ replay, sequence }: Claimed): number {
  return replay ? replay.after : sequence;
}

function moved(at: Claimed, through: number): Claimed {
  if (!at.replay) return { ...at, sequence: through };
  return { ...at, replay: { ...at.replay, after: through } };
}
