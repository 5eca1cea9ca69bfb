import type { Outcome } from '../../src/ledger/commands';
import type { GateDecision } from '../../src/access/gate.rules';
import type { Consumption, Entry } from '../../src/ledger/model/ledger';
import { nextTransition } from '../../src/time/zone-database';
import { localDayOf } from '../../src/time/local-day';
import { askGate, type Confirmation } from './ask-gate';
import { Broken } from './broken';
import type { Command } from './command';
import { commitBatch } from './commit';
import { accountNowMs, type Database } from './database';
import { bringFirstLots } from './first-lots';
import { foundDesk } from './found-desk';
import { takeBatch } from './plain-batch';
import { PlainBooks } from './plain-books';
import { Random } from './random';
import { makeCommand } from './make-command';
import { tryGate } from './try-gate';
import type { Step, Turn } from './step';
import { actOnEndpoint, deliver, newEndpoint } from './webhooks';

/** A process of the service: what waits for its next batch, and the batch that got no answer. */
export interface Process {
  waiting: Command[];
  inFlight: Command[] | null;
}

/** What a step came to, for those who read the story. */
export type Told =
  | { kind: 'now'; nowMs: number }
  | { kind: 'asked'; agentId: string; decision: GateDecision }
  | { kind: 'sent'; command: Command }
  | {
      kind: 'committed';
      commands: readonly Command[];
      outcomes: Outcome[];
      entries: readonly Entry[];
    };

/** Of an account that is played; the service allows ten. */
const endpointsMax = 3;
/** As much as one looks back on. */
const memoryMax = 64;

/** One account's life, step by step: the service's own rules on a simulated database, and the plain books. */
export class Play {
  readonly db: Database;
  readonly books: PlainBooks;
  readonly processes: Process[] = [0, 1].map(() => ({ waiting: [], inFlight: null }));
  /** Newest first. */
  readonly confirmations: Confirmation[] = [];
  /** What the gate gave when it was asked last. */
  justGiven: Confirmation | null = null;
  readonly sent: Command[] = [];
  readonly passIds: string[] = [];
  readonly newId: () => string;
  commands = 0;
  /** How often each kind of command was answered with each word, and each kind of entry written. */
  readonly met = new Map<string, number>();

  constructor(
    seed: number,
    private readonly tell: (told: Told) => void = () => {},
  ) {
    const random = new Random(seed);
    let ids = 0;
    this.newId = () => `id-${(ids += 1)}`;
    this.db = foundDesk(random);
    this.books = new PlainBooks(this.db);
    bringFirstLots(this.db, this.books, { random, newId: this.newId });
  }

  /** A promise only if the step is a turn of deliveries. */
  step(step: Step): Promise<void> | void {
    const { db } = this;
    const meet = (what: string) => this.meet(what);
    switch (step.do) {
      case 'wait':
        db.clockMs += step.ms;
        break;
      case 'wait-until':
        this.waitUntil(step);
        break;
      case 'set-clock-back':
        db.clockMs -= step.ms;
        break;
      case 'ask':
        this.ask(step);
        break;
      case 'commit':
        this.commit(step);
        break;
      case 'kill':
        this.processes[step.process] = { waiting: [], inFlight: null };
        break;
      case 'activate':
        this.activate(nth([...db.agents.keys()], step.agent));
        break;
      case 'move-ticket': {
        const id = nth([...db.tickets.keys()], step.ticket);
        const clientId = step.client === null ? null : nth(db.clients, step.client);
        db.tickets.set(id, { id, clientId });
        break;
      }
      case 'set-price':
        this.setPrice(step);
        break;
      case 'set-terms':
        this.setTerms(step);
        break;
      case 'add-endpoint': {
        const after = step.fromFirst ? 0 : db.entries.length;
        if (db.endpoints.length < endpointsMax) db.endpoints.push(newEndpoint(after, step.kinds));
        break;
      }
      case 'deliver':
        if (db.endpoints.length === 0) break;
        return deliver(db, nth(db.endpoints, step.endpoint), step, meet);
      case 'act-on-endpoint':
        if (db.endpoints.length === 0) break;
        actOnEndpoint(db, nth(db.endpoints, step.endpoint), step.act, meet);
        break;
      case 'proceed':
      case 'use-key':
      case 'revoke-key':
      case 'grant':
      case 'purchase':
      case 'pay':
      case 'withdraw':
      case 'cancel-order':
      case 'credit':
      case 'reverse':
      case 'set-wallet':
      case 'change-agent':
      case 'expire':
      case 'advance':
      case 'again':
        this.send(step.process, makeCommand(this, step));
    }
  }

  private waitUntil({ what, agent, aroundMs }: Extract<Step, { do: 'wait-until' }>): void {
    const { db } = this;
    const nowMs = accountNowMs(db);
    const { timeZone } = nth([...db.agents.values()], agent);
    const byMs = this.turnOf(what, timeZone, nowMs) + aroundMs - nowMs;
    if (byMs > 0 && byMs < 400 * 86_400_000) db.clockMs += byMs;
    this.tell({ kind: 'now', nowMs: accountNowMs(db) });
  }

  private turnOf(what: Turn, timeZone: string, nowMs: number): number {
    switch (what) {
      case 'due':
        return this.books.nextDueMs();
      case 'item':
        return Math.min(...[...this.db.dueItems.values()].map(({ atMs }) => atMs));
      case 'midnight':
        return localDayOf(nowMs, timeZone).endsAtMs;
      case 'clock change':
        return nextTransition(timeZone, nowMs) ?? Infinity;
      case 'confirmation':
        return this.justGiven?.confirmationExpiresAtMs ?? Infinity;
      case 'too late to reverse': {
        const newest = this.books.passes.get(this.passIds[0] ?? '');
        return newest ? newest.beginsAtMs + 15 * 60_000 : Infinity;
      }
      case 'price':
        return Math.min(...this.db.prices.map(({ validToMs }) => validToMs ?? Infinity));
    }
  }

  private ask({ agent, ticket, section, skewMs }: Extract<Step, { do: 'ask' }>): void {
    const { db } = this;
    const agentId = nth([...db.agents.keys()], agent);
    const ticketId = ticket === null ? null : nth([...db.tickets.keys()], ticket);
    const nowMs = accountNowMs(db) + skewMs;
    const answer = askGate(db, { agentId, ticketId, section, nowMs }, this.newId());
    if (skewMs === 0 && nowMs >= db.journal.lastInstantMs) tryGate(db, answer, this.newId);
    this.tell({ kind: 'asked', agentId, decision: answer.decision });
    this.justGiven = answer.isOffered ? answer.confirmation : null;
    if (answer.isOffered) remember(this.confirmations, answer.confirmation);
  }

  private send(process: number, command: Command | null): void {
    const { waiting } = this.processes[process]!;
    if (!command || waiting.length >= memoryMax) return;
    waiting.push(command);
    remember(this.sent, command);
    this.tell({ kind: 'sent', command });
  }

  private commit({ process: number, size, fault }: Extract<Step, { do: 'commit' }>): void {
    const process = this.processes[number]!;
    const batch = process.inFlight ?? takeWaiting(process, Math.min(size, this.db.bounds.batch));
    if (batch.length === 0) return;
    process.inFlight = batch;
    const isLost = fault === 'lost before its commit';
    const committed = commitBatch(this.db, batch, { newId: this.newId, isLost });
    this.commands += batch.length;
    if (!committed) return;
    const { entries } = committed;
    const outcomes = committed.settled.map((one, at): Outcome => {
      if (one.status === 'fulfilled') return one.value;
      throw new Broken(`a ${batch[at]!.kind} is decided`, String(one.reason));
    });
    this.tell({ kind: 'committed', commands: batch, outcomes, entries });
    takeBatch(this.books, this.db, committed);
    this.followPasses(outcomes);
    batch.forEach(({ kind }, at) => this.meet(`${kind} ${wordOf(outcomes[at]!)}`));
    for (const entry of entries) this.meet(labelOf(entry));
    if (fault === 'answer lost') return;
    process.inFlight = null;
    goOn(process, batch[0]!, outcomes[0]!);
  }

  private meet(what: string): void {
    this.met.set(what, (this.met.get(what) ?? 0) + 1);
  }

  /** A consumption can be reversed once its answer, or its entry, was seen by someone. */
  private followPasses(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      const pass = passOf(outcome);
      if (pass && !this.passIds.includes(pass.id)) remember(this.passIds, pass.id);
    }
  }

  private activate(agentId: string): void {
    const agent = this.db.agents.get(agentId)!;
    if (agent.status !== 'INVITED') return;
    this.db.agents.set(agentId, Object.freeze({ ...agent, status: 'ACTIVE', activatedAtMs: 0 }));
    Object.assign(this.books.agents.get(agentId)!, { status: 'ACTIVE', activatedAtMs: 0 });
  }

  private setTerms({ set }: Extract<Step, { do: 'set-terms' }>): void {
    const { db } = this;
    const { hasBuyer = db.hasBuyer, basisPoints = db.basisPoints, ...terms } = set;
    Object.assign(db, { hasBuyer, basisPoints, account: { ...db.account, ...terms } });
  }

  private setPrice({ price }: Extract<Step, { do: 'set-price' }>): void {
    const { db } = this;
    const nowMs = accountNowMs(db);
    const validFromMs = nowMs + price.validFromMs;
    const validToMs = price.validToMs === null ? null : nowMs + price.validToMs;
    const { minimumQuantity } = price;
    // Size and begin are the table's primary key.
    const isTaken = db.prices.some(
      (other) => other.minimumQuantity === minimumQuantity && other.validFromMs === validFromMs,
    );
    if (!isTaken) db.prices = [...db.prices.slice(-8), { ...price, validFromMs, validToMs }];
  }
}

/** The item of that number, counted around. */
export function nth<Item>(items: readonly Item[], number: number): Item {
  return items[number % items.length]!;
}

/** An entry's kind, and what is rare about it. */
function labelOf({ kind, payload }: Entry): string {
  if (payload.emergency === true) return `${kind} in an emergency`;
  if (Array.isArray(payload.settled) && payload.settled.length > 0) return `${kind} paying`;
  return kind === 'DayPassReversed' && payload.lotId === null ? `${kind} while owed` : kind;
}

/** The pass of an outcome. */
function passOf(outcome: Outcome): Consumption | null {
  if (outcome.status === 'refused') return null;
  const { result } = outcome;
  if ('taken' in result) return result.taken;
  return 'consumption' in result ? result.consumption : null;
}

/** The one word of an outcome. */
export function wordOf(outcome: Outcome): string {
  return outcome.status === 'refused' ? outcome.code : outcome.status;
}

function remember<Item>(list: Item[], item: Item): void {
  list.unshift(item);
  if (list.length > memoryMax) list.pop();
}

/** As the account's writer forms a batch: a move of the clock shares none. */
function takeWaiting(process: Process, size: number): Command[] {
  const { waiting } = process;
  const move = waiting.findIndex(({ kind }) => kind === 'advance-clock');
  const upTo = move === -1 ? waiting.length : Math.max(1, move);
  return waiting.splice(0, Math.min(size, upTo));
}

/** A move of the clock repeats steps until it has arrived. */
function goOn(process: Process, command: Command, outcome: Outcome): void {
  if (command.kind !== 'advance-clock' || outcome.status === 'refused') return;
  const { isThere, toMs } = outcome.result as { isThere: boolean; toMs: number };
  if (!isThere) process.waiting.unshift({ ...command, byMs: null, toMs, isUnderWay: true });
}
