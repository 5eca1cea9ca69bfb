import fc from 'fast-check';
import { fullTimeDates, type ConvertedAgent } from '../../src/passes/usage/full-time-days.rules';
import { localDayOf } from '../../src/time/local-day';
import { size } from '../support/size';

/*
 * The dates on which a converted agent was full-time, against the plainest count there is: hour by hour,
 * which is on the hour here.
 */

const hourMs = 3_600_000;
const beginMs = Date.parse('2026-03-26T00:00:00Z');
const hours = 240;

const agents = fc.record({
  timeZone: fc.constantFrom('UTC', 'Europe/London', 'America/Santiago', 'Pacific/Kiritimati'),
  startsFullTime: fc.boolean(),
  activatedAt: fc.option(fc.integer({ min: -100, max: hours })),
  at: fc.uniqueArray(fc.nat(hours - 1), { minLength: 1, maxLength: 8 }),
  from: fc.nat(12),
  days: fc.nat(8),
  now: fc.integer({ min: hours - 1, max: hours + 60 }),
});

test('each date that was full-time for an hour counts once, if a conversion is in the report', () => {
  fc.assert(
    fc.property(agents, ({ timeZone, startsFullTime, activatedAt, at, from, days, now }) => {
      const sorted = [...at].sort((a, b) => a - b);
      const isFull = (conversions: number) => (conversions % 2 === 0) === startsFullTime;
      const typeAfter = (conversions: number) =>
        isFull(conversions) ? ('FULL_TIME' as const) : ('OCCASIONAL' as const);
      const agent: ConvertedAgent = {
        agentId: 'agent',
        timeZone,
        activatedAtMs: activatedAt === null ? null : beginMs + activatedAt * hourMs,
        conversions: sorted.map((hour, index) => ({
          from: typeAfter(index),
          to: typeAfter(index + 1),
          atMs: beginMs + hour * hourMs,
        })),
      };
      const dateOf = (hour: number) => localDayOf(beginMs + hour * hourMs, timeZone).localDate;
      const first = new Date(beginMs + from * 24 * hourMs).toISOString().slice(0, 10);
      const last = new Date(beginMs + (from + days) * 24 * hourMs).toISOString().slice(0, 10);
      const isWithin = (date: string) => first <= date && date <= last;

      const expected = new Set<string>();
      const isConverted = sorted.some((hour) => isWithin(dateOf(hour)));
      for (let hour = -100; isConverted && activatedAt !== null && hour <= now; hour += 1) {
        const full = isFull(sorted.filter((one) => one <= hour).length);
        if (full && hour >= activatedAt && isWithin(dateOf(hour))) expected.add(dateOf(hour));
      }
      const asked = { from: first, to: last, nowMs: beginMs + now * hourMs };
      expect(fullTimeDates(agent, asked)).toEqual([...expected].sort());
    }),
    { numRuns: size(250, 1_000) },
  );
});
