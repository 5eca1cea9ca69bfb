import fc from 'fast-check';
import { parse } from 'graphql';
import type { AccountWatch } from '../../src/access/account-watch';
import { JournalReader } from '../../src/api/journal-reader';
import { WakeSignal, type StreamSignal } from '../../src/api/stream';
import { WatchedAccount } from '../../src/api/watched-stream';
import { TurnBudget } from '../../src/core/turn-budget';
import type { JournalEntry } from '../../src/journal/journal-entry';
import type { Member } from '../../src/server/operation/reader-group';
import { ReaderGroups } from '../../src/server/operation/reader-groups';
import type { SharedExecutions } from '../../src/server/operation/shared-executions';
import { size } from '../support/size';

/*
 * Real streams of one journal and their real group. What surrounds them is made up: the journal is in
 * memory, and each question that a group asks (is the reader ready, can it pay, is its permission
 * known) is answered by a plan.
 */

const document = parse('subscription { dayPassEvents { sequence } }');
const pageSize = 5;
/** Many more turns of the event loop than any of the plans needs. */
const turnsMax = 100_000;

/** An account's journal, and what wakes its streams and groups when it grows. */
function openJournal() {
  const entries: JournalEntry[] = [];
  const listeners = new Set<() => void>();
  const groups = new Set<() => void>();
  const watch = {
    tail: {
      get sequence() {
        return entries.length;
      },
      after: (last: number) => entries.slice(last, last + pageSize),
    },
    groups,
    known: () => ({ agentAccess: null, clockOffsetMs: 0 }),
  };
  const grow = (by: number) => {
    for (let added = 0; added < by; added += 1) {
      entries.push({ sequence: entries.length + 1 } as JournalEntry);
    }
    for (const wake of [...listeners, ...groups]) wake();
  };
  return { watch: watch as unknown as AccountWatch, listeners, grow };
}

type Journal = ReturnType<typeof openJournal>;

/** The next of a list of answers, again and again. */
function cycle<Answer>(answers: readonly Answer[]): () => Answer {
  let at = -1;
  return () => answers[(at += 1) % answers.length]!;
}

interface Plan {
  isReady: boolean[];
  canPay: boolean[];
  isAlike: (boolean | null)[];
}

const willing: Plan = { isReady: [true], canPay: [true], isAlike: [true] };

/** A stream that joins its group after its first message, as streams of a socket do. */
function openStream(journal: Journal, groups: ReaderGroups, plan: Plan) {
  const signal: StreamSignal = { wakeSignal: new WakeSignal(), closed: false, seat: null };
  const services = { clock: { nowMs: () => 0 } };
  const caller = { viewer: { kind: 'AGENT', agentId: null }, principal: null, origin: {} };
  const context = { services, caller, isKnownAlike: cycle(plan.isAlike) };
  const account = new WatchedAccount(context as never, journal.watch, null, signal);
  const messageOf = (entry: JournalEntry) => entry;
  const reader = new JournalReader<JournalEntry>(account, { messageOf }, { from: 0 });
  const received: number[] = [];
  let own = 0;
  const isReady = cycle(plan.isReady);
  const canPay = cycle(plan.canPay);
  const member = {
    reader,
    receiver: {
      get isReady() {
        return isReady();
      },
      send: (_ready: unknown, { sequence }: JournalEntry) => received.push(sequence),
    },
    operation: { document, contextValue: context },
    question: '',
    budget: { prepay: canPay, settle() {}, costOf: () => 1, payNow: canPay },
  } as unknown as Member;
  journal.listeners.add(() => {
    if (!signal.seat || !signal.wakeSignal.isWaitedFor) signal.wakeSignal.set();
  });
  void (async () => {
    for await (const { sequence } of reader.messages()) {
      own += 1;
      received.push(sequence);
      // A message of its own takes longer than a turn: the others continue meanwhile.
      await new Promise(setImmediate);
      if (!signal.seat) groups.join(member);
    }
  })();
  const close = () => {
    signal.closed = true;
    signal.seat?.leave();
    signal.wakeSignal.set();
  };
  return { received, ownMessages: () => own, close };
}

/** Counts the executions of each entry; some fail, by the plan. */
function planExecutions(succeeds: readonly boolean[]) {
  const isSound = cycle(succeeds);
  let count = 0;
  const executeForAll = async () => {
    count += 1;
    await new Promise(setImmediate);
    return isSound() ? { result: { data: {} }, asked: {}, isNew: true } : null;
  };
  return { count: () => count, executions: { executeForAll } as unknown as SharedExecutions };
}

/** Waits for as many messages; a stream that never receives one too many is seen by its list. */
async function haveReceived(streams: { received: number[] }[], total: number): Promise<void> {
  const isDone = () => streams.every(({ received }) => received.length >= total);
  for (let turns = 0; turns < turnsMax && !isDone(); turns += 1) await new Promise(setImmediate);
  for (const { received } of streams) expect(received).toEqual(upTo(total));
}

const upTo = (count: number) => Array.from({ length: count }, (_none, at) => at + 1);

test('streams that begin in a burst are answered together from their second message on', async () => {
  const { count, executions } = planExecutions([true]);
  const groups = new ReaderGroups({ executions, turns: new TurnBudget() });
  const journal = openJournal();
  const streams = upTo(20).map(() => openStream(journal, groups, willing));
  journal.grow(100);
  await haveReceived(streams, 100);
  for (const { ownMessages } of streams) expect(ownMessages()).toBe(1);
  // Not one for each stream, as if each read for itself.
  expect(count()).toBeLessThan(2 * 100);
  for (const { close } of streams) close();
});

const plans: fc.Arbitrary<Plan> = fc.record({
  isReady: fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
  canPay: fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
  isAlike: fc.array(fc.constantFrom(true, false, null), { minLength: 1, maxLength: 6 }),
});

test('each stream receives every entry once and in order, whatever its group can send', async () => {
  const sound = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 });
  const bursts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 });
  const streamPlans = fc.array(plans, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(streamPlans, bursts, sound, async (all, growths, succeeds) => {
      const { executions } = planExecutions(succeeds);
      const groups = new ReaderGroups({ executions, turns: new TurnBudget() });
      const journal = openJournal();
      const streams = all.map((plan) => openStream(journal, groups, plan));
      for (const growth of growths) {
        journal.grow(growth);
        await new Promise(setImmediate);
      }
      const total = growths.reduce((sum, growth) => sum + growth, 0);
      try {
        await haveReceived(streams, total);
      } finally {
        for (const { close } of streams) close();
      }
    }),
    { numRuns: size(40, 400) },
  );
});
