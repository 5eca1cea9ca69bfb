import type { TryResult } from '../../src/deliveries/try.rules';
import {
  positionOf,
  takeTurn,
  type Claimed,
  type Delivery,
  type Move,
  type NextDeliveries,
} from '../../src/deliveries/turn';
import { demand } from './broken';
import type { Database } from './database';
import type { EndpointAct, Fate } from './step';

/** A webhook endpoint, as PostgreSQL would keep it, and what its receiver has. */
export interface Endpoint {
  /** Empty: all. */
  kinds: readonly string[];
  /** It receives the entries after this number. */
  begunAfter: number;
  sequence: number;
  replay: Claimed['replay'];
  failures: number;
  failingSinceMs: number | null;
  retryAtMs: number | null;
  isPaused: boolean;
  /** The turn that may write. */
  lease: number;
  /** The numbers that the receiver has: it drops what it knows. */
  received: Set<number>;
  skipped: Set<number>;
  /** The highest number that it has. */
  reached: number;
}

/** Smaller than the service's own, so that a page ends in short lives, too. */
const windowMax = 20;
const pageMax = 4;

export function newEndpoint(begunAfter: number, kinds: readonly string[]): Endpoint {
  return {
    ...{ kinds, begunAfter, sequence: begunAfter, reached: begunAfter, lease: 0 },
    ...{ replay: null, failures: 0, failingSinceMs: null, retryAtMs: null, isPaused: false },
    ...{ received: new Set(), skipped: new Set() },
  };
}

/** One turn, by the service's own code. Each try has the next fate; the turn ends with the last one. */
export async function deliver(
  db: Database,
  endpoint: Endpoint,
  { fates, writesOf }: { fates: readonly Fate[]; writesOf: number },
  meet: (what: string) => void,
): Promise<void> {
  if (!isDue(db, endpoint)) return;
  endpoint.lease += 1;
  let tries = 0;
  const send = async (_: Claimed, { sequence }: Delivery<null>, isReplay: boolean) => {
    const fate = fates[tries++]!;
    meet(`webhook ${fate}`);
    if (fate === 'killed') throw new Killed();
    if (fate === 'refused') return answer(500);
    if (fate === 'gone') return answer(410);
    receive(db, endpoint, { sequence, isReplay });
    if (fate === 'killed after it') throw new Killed();
    if (fate === 'overtaken') {
      await deliver(db, endpoint, { fates: ['delivered', 'delivered'], writesOf: 1 }, meet);
    }
    return answer(fate === 'late' ? null : 200);
  };
  try {
    await takeTurn(claimOf(db, endpoint), {
      store: {
        next: async (at, limit) => readNext(db, endpoint, at, Math.min(limit, pageMax)),
        write: async (at, move) => writeMove(db, endpoint, at, move),
      },
      send,
      mayContinue: async () => tries < fates.length,
      triesPerWrite: () => writesOf,
      random: () => 0.5,
    });
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
}

/** What an admin does, as `src/webhooks` does it. A turn under way loses its lease. */
export function actOnEndpoint(
  db: Database,
  endpoint: Endpoint,
  act: EndpointAct,
  meet: (what: string) => void,
): void {
  endpoint.lease += 1;
  meet(`webhook ${act.is}`);
  switch (act.is) {
    case 'paused':
      endpoint.isPaused = true;
      break;
    case 'resumed':
      if (endpoint.isPaused) Object.assign(endpoint, { failures: 0, failingSinceMs: null });
      Object.assign(endpoint, { isPaused: false, retryAtMs: null });
      break;
    case 'skipped':
      skip(db, endpoint);
      break;
    case 'replayed': {
      const { sequence } = endpoint;
      const after = Math.max(0, sequence - 1 - act.back);
      const through = Math.min(sequence, after + act.length);
      if (after >= through) break;
      const sequences = act.isSingle ? [after + 1, through] : null;
      Object.assign(endpoint, { replay: { after, through, sequences }, retryAtMs: null });
    }
  }
}

/** Property of all webhooks: in the end the receiver has every entry that it wants, but those skipped. */
export async function demandDelivered(db: Database): Promise<void> {
  for (const endpoint of db.endpoints) {
    Object.assign(endpoint, { isPaused: false, retryAtMs: null });
    const fates = Array.from({ length: 50 }, (): Fate => 'delivered');
    const most = db.entries.length * 3 + 3;
    for (let turns = 0; isDue(db, endpoint) && turns < most; turns += 1) {
      await deliver(db, endpoint, { fates, writesOf: 3 }, () => {});
    }
    demand(!isDue(db, endpoint), 'an endpoint comes to rest', endpoint);
    const missing = db.entries.filter(
      ({ sequence, kind }) =>
        sequence > endpoint.begunAfter &&
        wants(endpoint, kind) &&
        !endpoint.received.has(sequence) &&
        !endpoint.skipped.has(sequence),
    );
    demand(missing.length === 0, 'a receiver has every entry that it wants', missing);
  }
}

/** The process ended in the middle of a try. */
class Killed extends Error {}

/** A receiver that drops what it knows has the journal of its kinds, in order. */
function receive(
  db: Database,
  endpoint: Endpoint,
  { sequence, isReplay }: { sequence: number; isReplay: boolean },
): void {
  const { kinds, received, skipped, reached } = endpoint;
  const entry = db.entries[sequence - 1];
  demand(entry?.sequence === sequence, 'what is delivered was committed', sequence);
  demand(wants(endpoint, entry.kind), 'a receiver gets only what it wants', { entry, kinds });
  if (received.has(sequence)) return;
  received.add(sequence);
  if (isReplay && (skipped.has(sequence) || sequence <= endpoint.begunAfter)) return;
  const left = db.entries
    .slice(reached, sequence - 1)
    .filter((one) => wants(endpoint, one.kind) && !skipped.has(one.sequence));
  const isNext = sequence > reached && left.length === 0;
  demand(isNext, 'a receiver gets the journal in order', { sequence, reached, left });
  endpoint.reached = sequence;
}

function wants({ kinds }: Endpoint, kind: string): boolean {
  return kinds.length === 0 || kinds.includes(kind);
}

function isDue(db: Database, endpoint: Endpoint): boolean {
  const { isPaused, retryAtMs, sequence, replay } = endpoint;
  const hasWork = replay !== null || sequence < db.entries.length;
  return hasWork && !isPaused && (retryAtMs ?? 0) <= db.clockMs;
}

function claimOf(db: Database, endpoint: Endpoint): Claimed {
  const { kinds, sequence, replay, failures, failingSinceMs, lease } = endpoint;
  return {
    ...{ accountId: db.accountId, id: '', url: '', secretVersion: 1, previousSecretSigns: false },
    ...{ kinds, sequence, replay, failures, lease: `${lease}` },
    failingMs: failingSinceMs === null ? null : db.clockMs - failingSinceMs,
  };
}

function readNext(
  db: Database,
  endpoint: Endpoint,
  at: Claimed,
  limit: number,
): NextDeliveries<null> {
  const after = positionOf(at);
  const end = Math.min(db.entries.length, at.replay?.through ?? Infinity);
  const window = Math.min(end, after + windowMax);
  const deliveries = wantedBetween(db, endpoint, after, window)
    .filter(({ sequence }) => at.replay?.sequences?.includes(sequence) ?? true)
    .slice(0, limit)
    .map(({ sequence, kind }) => ({ sequence, kind, entry: null }));
  const through = deliveries.length === limit ? deliveries.at(-1)!.sequence : window;
  return { deliveries, through: Math.max(through, after), isLast: through >= end };
}

function writeMove(
  db: Database,
  endpoint: Endpoint,
  { lease }: Claimed,
  { through, isReplay, tried }: Move,
): boolean {
  if (lease !== `${endpoint.lease}`) return false;
  endpoint.retryAtMs = null;
  for (const { after } of tried) {
    if (after.is === 'DELIVERED') Object.assign(endpoint, { failures: 0, failingSinceMs: null });
    else {
      endpoint.failures += 1;
      endpoint.failingSinceMs ??= db.clockMs;
      endpoint.isPaused ||= after.is === 'GIVE_UP';
      endpoint.retryAtMs = after.is === 'RETRY' ? db.clockMs + after.inMs : null;
    }
  }
  if (!isReplay) endpoint.sequence = through;
  else if (endpoint.replay) {
    const isOver = through >= endpoint.replay.through;
    endpoint.replay = isOver ? null : { ...endpoint.replay, after: through };
  }
  return true;
}

/** The event in front is left out. */
function skip(db: Database, endpoint: Endpoint): void {
  const { replay } = endpoint;
  const front = wantedBetween(
    ...([db, endpoint] as const),
    replay?.after ?? endpoint.sequence,
    replay?.through ?? db.entries.length,
  ).find(({ sequence }) => replay?.sequences?.includes(sequence) ?? true);
  if (!front) return;
  const { sequence } = front;
  if (!replay) {
    endpoint.sequence = sequence;
    if (!endpoint.received.has(sequence)) endpoint.skipped.add(sequence);
  } else endpoint.replay = sequence >= replay.through ? null : { ...replay, after: sequence };
  Object.assign(endpoint, { failures: 0, failingSinceMs: null, retryAtMs: null });
}

function wantedBetween(db: Database, endpoint: Endpoint, after: number, through: number) {
  return db.entries.slice(after, through).filter(({ kind }) => wants(endpoint, kind));
}

const answer = (status: number | null): TryResult => ({
  ...{ status, error: null, answer: null, retryAfterMs: null, milliseconds: 1 },
});
