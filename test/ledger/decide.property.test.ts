import fc from 'fast-check';
import type { Consume } from '../../src/ledger/books/consume';
import type { Expire } from '../../src/ledger/books/expire';
import type { Grant } from '../../src/ledger/books/grant';
import type { Outcome } from '../../src/ledger/commands';
import type { Entry, Ledger } from '../../src/ledger/model/ledger';
import { storedThresholds } from '../../src/ledger/model/threshold.rules';
import {
  agentOf,
  consumeOf,
  countingIds,
  fold,
  grantOf,
  hourMs,
  ledgerOf,
} from '../support/desk/ledger';
import { size } from '../support/size';

const agentIds = ['ada', 'bela', 'cleo'];

type Command = Consume | Grant | Expire;

/** One thing that happens; batches are cut between them at random. */
type Step =
  | { do: 'wait'; hours: number }
  | { do: 'grant'; quantity: number; key: number; hours: number | null }
  | { do: 'consume'; agent: number; confirmation: number; emergency: boolean }
  | { do: 'expire' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  fc.record({
    do: fc.constant('grant' as const),
    quantity: fc.integer({ min: -1, max: 4 }),
    key: fc.integer({ min: 0, max: 15 }),
    hours: fc.option(fc.integer({ min: -1, max: 40 })),
  }),
  fc.record({
    do: fc.constant('consume' as const),
    agent: fc.nat(agentIds.length - 1),
    confirmation: fc.nat(30),
    emergency: fc.boolean(),
  }),
  fc.constant({ do: 'expire' as const }),
);

const books = fc.record({
  allowance: fc.integer({ min: 0, max: 3 }),
  thresholds: fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { maxLength: 5 }),
  batches: fc.array(fc.array(steps, { maxLength: 6 }), { maxLength: 25 }),
});

/** What the books must say, counted in the simplest way: numbers of passes, and who has access. */
class PlainBooks {
  lots: { remaining: number; endsAtMs: number }[] = [];
  owed = 0;
  inUntilMs = new Map<string, number>();
  done = new Map<string, string>();

  constructor(private readonly allowance: number) {}

  get balance(): number {
    return this.lots.reduce((sum, { remaining }) => sum + remaining, 0) - this.owed;
  }

  endDue(nowMs: number): void {
    this.lots = this.lots.filter(({ endsAtMs }) => endsAtMs > nowMs);
    for (const [agent, untilMs] of this.inUntilMs) {
      if (untilMs <= nowMs) this.inUntilMs.delete(agent);
    }
  }

  /** The word that the command must be answered with. */
  run(command: Command, nowMs: number): string {
    const key = keyOf(command);
    const input = JSON.stringify({ ...command, id: null });
    const before = this.done.get(key);
    if (before !== undefined) {
      const isReused = command.kind === 'grant' && before !== input;
      return isReused ? 'IDEMPOTENCY_KEY_REUSED' : 'replayed';
    }
    const word = this.decide(command, nowMs);
    if (word === 'accepted' && command.kind !== 'expire') this.done.set(key, input);
    return word;
  }

  private decide(command: Command, nowMs: number): string {
    if (command.kind === 'grant') {
      const { expiresAtMs, quantity } = command;
      if (expiresAtMs !== null && expiresAtMs <= nowMs) return 'VALIDATION_FAILED';
      if (quantity < 1) return 'QUANTITY_OUT_OF_RANGE';
      const paid = Math.min(this.owed, quantity);
      this.owed -= paid;
      this.lots.push({ remaining: quantity - paid, endsAtMs: expiresAtMs ?? Infinity });
    }
    if (command.kind === 'consume') {
      const [lot] = this.lots
        .filter(({ remaining }) => remaining > 0)
        .sort((a, b) => (a.endsAtMs === b.endsAtMs ? 0 : a.endsAtMs - b.endsAtMs));
      const isEmergency = !lot && this.balance > -this.allowance;
      if (isEmergency !== command.emergency) return 'CONFIRMATION_STALE';
      if (this.inUntilMs.has(command.agentId)) return 'PASS_ALREADY_ACTIVE';
      if (!lot && !isEmergency) return 'WALLET_EMPTY';
      if (lot) lot.remaining -= 1;
      else this.owed += 1;
      this.inUntilMs.set(command.agentId, command.passExpiresAtMs);
    }
    return 'accepted';
  }
}

/** A caller who sends the same key again is done already, even if another caller sent it first. */
function keyOf(command: Command): string {
  if (command.kind === 'grant') return `grant ${command.key}`;
  return command.kind === 'consume' ? `consume ${command.confirmationId}` : 'expire';
}

function commandOf(step: Step, nowMs: number, id: string): Command {
  switch (step.do) {
    case 'grant': {
      const { quantity, hours, key } = step;
      const expiresAtMs = hours === null ? null : nowMs + hours * hourMs;
      const meant = [quantity, expiresAtMs];
      const keyInput = { meant, written: meant };
      return grantOf({ id, quantity, expiresAtMs, key: `key-${key}`, keyInput });
    }
    case 'consume':
      return consumeOf({
        id,
        agentId: agentIds[step.agent]!,
        // A confirmation is one agent's.
        confirmationId: `confirmation-${step.agent}-${step.confirmation}`,
        confirmationExpiresAtMs: nowMs + 1,
        passExpiresAtMs: endOfDayMs(nowMs),
        emergency: step.emergency,
      });
    case 'wait':
    case 'expire':
      return { kind: 'expire', id };
  }
}

function endOfDayMs(nowMs: number): number {
  return (Math.floor(nowMs / (24 * hourMs)) + 1) * 24 * hourMs;
}

const wordOf = (outcome: Outcome) => (outcome.status === 'refused' ? outcome.code : outcome.status);

/** Runs the batches on both books and compares them after each. Answers all entries. */
function runOnBoth(
  {
    allowance,
    thresholds,
    batches,
  }: { allowance: number; thresholds: number[]; batches: Step[][] },
  check: (ledger: Ledger, plain: PlainBooks, entries: readonly Entry[]) => void,
): void {
  const ledger = ledgerOf({
    agents: agentIds.map((id) => agentOf({ id })),
    wallet: { emergencyAllowance: allowance, ...storedThresholds(thresholds) },
  });
  const plain = new PlainBooks(allowance);
  const entries: Entry[] = [];
  const newId = countingIds();
  for (const batch of batches) {
    for (const step of batch) if (step.do === 'wait') ledger.nowMs += step.hours * hourMs;
    const commands = batch.map((step) => commandOf(step, ledger.nowMs, newId()));
    plain.endDue(ledger.nowMs);
    const words = commands.map((command) => plain.run(command, ledger.nowMs));
    const folded = fold(ledger, commands, newId);
    entries.push(...folded.entries);
    expect(folded.outcomes.map(wordOf)).toEqual(words);
    check(ledger, plain, entries);
  }
}

test('for any commands, the books close and each answer is that of plain counting', () => {
  fc.assert(
    fc.property(books, (given) => {
      runOnBoth(given, (ledger, plain, entries) => {
        const { balance, emergencyAllowance } = ledger.wallets.get('wallet')!;
        const left = ledger.lots.get('wallet')!.reduce((sum, lot) => sum + lot.remaining, 0);
        const owed = ledger.owed.get('wallet')?.length ?? 0;
        expect(balance).toBe(plain.balance);
        expect(balance).toBe(entries.reduce((sum, { delta }) => sum + delta, 0));
        expect(balance).toBe(left - owed);
        expect(balance).toBeGreaterThanOrEqual(-emergencyAllowance);
        expect(new Set(ledger.runningPasses.keys())).toEqual(new Set(plain.inUntilMs.keys()));
      });
    }),
    { numRuns: size(200, 5_000) },
  );
});

test('entries are numbered without holes, each with the balance right after it', () => {
  fc.assert(
    fc.property(books, (given) => {
      let last: readonly Entry[] = [];
      runOnBoth(given, (_ledger, _plain, entries) => (last = entries));
      let balance = 0;
      last.forEach((entry, index) => {
        balance += entry.delta;
        const { sequence, walletSequence } = entry;
        expect({ sequence, walletSequence }).toEqual({
          sequence: index + 1,
          walletSequence: index + 1,
        });
        expect(entry.balance).toBe(balance);
      });
    }),
    { numRuns: size(100, 1_000) },
  );
});

test("an agent's passes never overlap, and the end of one is written before the next", () => {
  fc.assert(
    fc.property(books, (given) => {
      let last: readonly Entry[] = [];
      runOnBoth(given, (_ledger, _plain, entries) => (last = entries));
      for (const agentId of agentIds) {
        const kinds = last.filter((entry) => entry.agentId === agentId).map(({ kind }) => kind);
        const inTurn = kinds.map((_, at) => (at % 2 === 0 ? 'DayPassConsumed' : 'DayPassExpired'));
        expect(kinds).toEqual(inTurn);
      }
    }),
    { numRuns: size(100, 1_000) },
  );
});

test('each fall to k thresholds writes k alerts, highest first, and each fall to zero one', () => {
  fc.assert(
    fc.property(books, (given) => {
      let last: readonly Entry[] = [];
      runOnBoth(given, (_ledger, _plain, entries) => (last = entries));
      const marks = [...given.thresholds].sort((a, b) => b - a);
      const expected = last.flatMap(({ sequence, delta, balance }) => {
        const fellTo = (mark: number) => balance - delta > mark && balance <= mark;
        const low = marks.filter(fellTo).map((threshold) => ({ threshold }));
        const alerts = fellTo(0) ? [...low, { threshold: null }] : low;
        return alerts.map((alert, at) => ({ ...alert, sequence: sequence + 1 + at }));
      });
      const alerts = last.flatMap(({ kind, sequence, payload }) => {
        if (kind !== 'DayPassWalletLow' && kind !== 'DayPassWalletEmpty') return [];
        return [{ threshold: 'threshold' in payload ? payload.threshold : null, sequence }];
      });
      expect(alerts).toEqual(expected);
    }),
    { numRuns: size(100, 1_000) },
  );
});
