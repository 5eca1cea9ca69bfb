import fc from 'fast-check';
import type { ChangeAgent } from '../../src/ledger/access/change-agent';
import type { Outcome } from '../../src/ledger/commands';
import type { Reverse } from '../../src/ledger/books/reverse';
import type { Consumption } from '../../src/ledger/model/ledger';
import { passLengthMaxHours } from '../../src/ledger/model/same-day.rules';
import { localDayOf } from '../../src/time/local-day';
import { consumeOf, fold, hourMs, ledgerOf, lotOf, noonMs, agentOf } from '../support/desk/ledger';
import { size } from '../support/size';

/*
 * One day of a person has one reversal, even if its zone changes in between. What a day is, is
 * simple here: the time between the beginning of a pass and its end.
 */

const minuteMs = 60_000;

const zones = [
  'UTC',
  'Etc/UTC',
  'America/Santiago',
  'Asia/Tokyo',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Honolulu',
  'Australia/Lord_Howe',
];

const hops = fc.array(
  fc.record({
    zone: fc.constantFrom(...zones),
    waitMs: fc.oneof(
      fc.integer({ min: 0, max: 20 * minuteMs }),
      fc.integer({ min: 0, max: 30 * hourMs }),
    ),
    reverses: fc.boolean(),
  }),
  { minLength: 2, maxLength: 12 },
);

interface Spent {
  pass: Consumption;
  word: string;
}

/** Whether any instant of one pass is one of the other's. */
const overlaps = (one: Consumption, other: Consumption) =>
  Math.max(one.startsAtMs, other.startsAtMs) < Math.min(one.expiresAtMs, other.expiresAtMs);

/** Uses a pass, sometimes reverses it, and changes the zone's name, repeatedly. */
function play(steps: readonly { zone: string; waitMs: number; reverses: boolean }[]): Spent[] {
  const ledger = ledgerOf({ agents: [agentOf()], lots: [lotOf({ quantity: 99, remaining: 99 })] });
  ledger.nowMs = noonMs;
  let count = 0;
  const newId = () => `id-${(count += 1)}`;
  const run = (command: Parameters<typeof fold>[1][number]) =>
    fold(ledger, [command], newId).outcomes[0]!;
  const spent: Spent[] = [];
  const passes: Consumption[] = [];
  steps.forEach(({ zone: timeZone, waitMs, reverses }, at) => {
    ledger.nowMs += waitMs;
    const change: ChangeAgent = {
      kind: 'change-agent',
      id: newId(),
      actor: null,
      agentId: 'agent',
      timeZone,
    };
    run(change);
    const { localDate, endsAtMs: passExpiresAtMs } = localDayOf(ledger.nowMs, timeZone);
    const id = newId();
    const taken = run(
      consumeOf({
        ...{ id, confirmationId: `confirmation-${at}`, timeZone, localDate, passExpiresAtMs },
        confirmationExpiresAtMs: ledger.nowMs + 1,
      }),
    ) as Outcome<'consume'>;
    if (taken.status === 'refused') return;
    passes.push(taken.result.consumption);
    if (!reverses) return;
    // What `loadLedger` would load beside it.
    for (const pass of passes) {
      const reversedNear = spent
        .filter((other) => other.word === 'accepted' && other.pass.id !== pass.id)
        .map((other) => other.pass)
        .filter(({ startsAtMs }) => startsAtMs > pass.startsAtMs - passLengthMaxHours * hourMs);
      ledger.reversible.set(pass.id, { consumption: pass, settledByLotId: null, reversedNear });
    }
    const pass = taken.result.consumption;
    const reverse: Reverse = {
      kind: 'reverse',
      id: newId(),
      actor: null,
      consumptionId: pass.id,
      reason: 'A mistake',
    };
    const outcome = run(reverse);
    spent.push({ pass, word: outcome.status === 'refused' ? outcome.code : outcome.status });
  });
  return spent;
}

test('a pass is reversed if and only if no other of its day was', () => {
  fc.assert(
    fc.property(hops, (steps) => {
      const reversed: Consumption[] = [];
      for (const { pass, word } of play(steps)) {
        const isFirst = !reversed.some((other) => overlaps(other, pass));
        expect(word).toBe(isFirst ? 'accepted' : 'NOT_REVERSIBLE');
        if (isFirst) reversed.push(pass);
      }
    }),
    { numRuns: size(250, 1_000) },
  );
});

test('six passes of one noon in six zones are reversed once', () => {
  const steps = zones.slice(0, 6).map((zone) => ({ zone, waitMs: minuteMs, reverses: true }));
  const words = play(steps).map(({ word }) => word);
  expect(words).toEqual(['accepted', 'NOT_REVERSIBLE']);
});

test('one batch counts its earlier reversals, in other zones too', () => {
  const ledger = ledgerOf({ lots: [lotOf({ remaining: 8 })] });
  const pass = (id: string, timeZone: string, startsAtMs: number): Consumption => ({
    ...{ id, agentId: 'agent', walletId: 'wallet', lotId: 'lot', ticketId: null, clientId: null },
    ...{ source: 'PORTAL', confirmationId: id, sequence: 1, timeZone, utcOffsetMinutes: 0 },
    ...{ tzdataVersion: 'test', localDate: '2026-03-02', startsAtMs, reversedAtMs: null },
    ...{ expiresAtMs: noonMs + 12 * hourMs, emergency: false, price: null, consent: null },
  });
  for (const consumption of [pass('one', 'UTC', noonMs - 2), pass('two', 'Etc/UTC', noonMs - 1)]) {
    ledger.reversible.set(consumption.id, { consumption, settledByLotId: null, reversedNear: [] });
  }
  const reverse = (consumptionId: string): Reverse => ({
    ...{ kind: 'reverse', id: consumptionId, actor: null, consumptionId, reason: 'A mistake' },
  });
  const { outcomes } = fold(ledger, [reverse('one'), reverse('two'), reverse('one')]);
  expect(outcomes.map((one) => (one.status === 'refused' ? one.code : one.status))).toEqual([
    'accepted',
    'NOT_REVERSIBLE',
    'accepted',
  ]);
});
