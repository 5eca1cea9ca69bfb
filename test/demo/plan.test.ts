import { addDays } from '../../src/time/calendar';
import { demoAccounts, type DemoAccount } from '../../src/demo/demo-accounts';
import { planAccount } from '../../src/demo/plan-account';
import { planReplies } from '../../src/demo/plan-replies';
import { planTickets } from '../../src/demo/plan-tickets';
import { planVisits } from '../../src/demo/plan-visits';
import { spanFrom, type Span } from '../../src/demo/span';
import type { Act } from '../../src/demo/step';
import { size } from '../support/size';
import { startOfLocalDate, wallClock } from '../../src/time/local-day';

/** The short run begins once in each zone. */
const everyNth = size(32, 1);

// 800 first days in a row, with a leap day and the clock changes of three years, each begun at
// another time of day in another zone: at midnight, before and after it, at night, at noon.
const zones = [
  ...['Pacific/Kiritimati', 'Pacific/Apia', 'Pacific/Auckland', 'Australia/Lord_Howe'],
  ...['Australia/Sydney', 'Asia/Tokyo', 'Asia/Singapore', 'Asia/Kathmandu', 'Asia/Kolkata'],
  ...['Asia/Kabul', 'Asia/Tehran', 'Africa/Cairo', 'Europe/Helsinki', 'Europe/Berlin'],
  ...['Europe/London', 'Antarctica/Troll', 'Atlantic/Azores', 'America/Sao_Paulo'],
  ...['America/St_Johns', 'America/Santiago', 'America/New_York', 'America/Denver'],
  ...['America/Los_Angeles', 'Pacific/Honolulu', 'Pacific/Pago_Pago'],
];
const hourMs = 3_600_000;
const afterMidnightMs = [0, -1, 1, 1.5 * hourMs, 3 * hourMs, 12 * hourMs, 23.5 * hourMs];
const firstInstants = Array.from({ length: 800 / everyNth }, (_, nth) => {
  // A stride that shares no factor with the zones or the times of day: each still meets all others.
  const at = nth * everyNth;
  const zone = zones[at % zones.length]!;
  const firstDate = addDays('2026-01-01', at);
  return startOfLocalDate(firstDate, zone) + afterMidnightMs[at % afterMidnightMs.length]!;
});

describe.each(demoAccounts.map((account) => ({ slug: account.slug, account })))(
  'whatever the first day of the demo of $slug is',
  ({ account }) => {
    const plans = firstInstants.map((startMs) => planOf(account, spanFrom(startMs)));

    test('it is in the past, and its steps are in order', () => {
      for (const { span, steps } of plans) {
        const instants = steps.map(({ atMs }) => atMs);
        expect(instants[0]).toBeGreaterThan(span.startMs);
        expect(instants.at(-1)).toBeLessThanOrEqual(span.endMs);
        expect(instants.every((atMs, at) => at === 0 || atMs > instants[at - 1]!)).toBe(true);
      }
    });

    test('no visit is for a ticket that does not exist yet', () => {
      for (const { madeAt, visits } of plans) {
        expect(madeAt.size).toBe(account.tickets);
        const early = visits.filter(({ ticket, atMs }) => ticket && madeAt.get(ticket)! >= atMs);
        expect(early).toEqual([]);
      }
    });

    test('an agent visits at most once per date, at working hours, not at weekends', () => {
      for (const { visits } of plans) {
        const dates = visits.map(({ person, atMs }) => {
          const { localDate, time } = wallClock(atMs, person.timeZone);
          const weekday = new Date(localDate).getUTCDay();
          const isAtWork = time >= '06:30' && time <= '18:00' && weekday > 0 && weekday < 6;
          return isAtWork ? `${person.email} ${localDate}` : 'not at work';
        });
        expect(dates).not.toContain('not at work');
        expect(new Set(dates).size).toBe(dates.length);
      }
    });

    test('only agents who are not away have a running pass when it ends', () => {
      for (const { span, visits } of plans) {
        const running = visits.filter(({ untilMs }) => untilMs > span.endMs);
        expect(running.filter(({ person }) => person.isAway)).toEqual([]);
      }
    });

    test('replies are written after their tickets, in the past, in order', () => {
      for (const { span, madeAt, replies } of plans) {
        expect(replies.length > 0).toBe(account.sandbox);
        expect(replies).toEqual([...replies].sort((a, b) => a.atMs - b.atMs));
        const early = replies.filter(({ atMs, ticket }) => madeAt.get(ticket)! >= atMs);
        expect(early).toEqual([]);
        expect(replies.filter(({ atMs }) => atMs > span.endMs)).toEqual([]);
      }
    });

    test('a sandbox has between 21 and 99 replies, of agents of both types while they have access', () => {
      if (!account.sandbox) return;
      const typeOf = new Map(account.people.map(({ email, type }) => [email, type]));
      for (const { visits, replies } of plans) {
        expect(replies.length).toBeGreaterThan(20);
        expect(replies.length).toBeLessThan(100);
        const types = new Set(replies.map(({ email }) => typeOf.get(email)));
        expect(types).toEqual(new Set(['FULL_TIME', 'OCCASIONAL']));
        const outside = replies.filter(
          ({ email, ticket, atMs }) =>
            typeOf.get(email) === 'OCCASIONAL' &&
            !visits.some(
              (visit) =>
                visit.person.email === email &&
                visit.ticket === ticket &&
                visit.atMs <= atMs &&
                atMs < visit.untilMs,
            ),
        );
        expect(outside).toEqual([]);
      }
    });

    test('the wallet lends once if an order is late, else never', () => {
      for (const { acts } of plans) {
        const lent = acts.filter((act) => act.kind === 'enter' && act.emergency);
        expect(lent).toHaveLength(account.lateAfter === null ? 0 : 1);
        expect(acts.filter((act) => act.kind === 'take-back')).toHaveLength(account.reversals);
      }
    });

    test('agents visit often, by portal and by ticket; unused gifts expire; orders follow', () => {
      for (const { acts, visits, span } of plans) {
        const entered = acts.filter((act) => act.kind === 'enter');
        // All three together: more than 150 passes that ended, without those that were reversed.
        expect(entered.length).toBeGreaterThanOrEqual(50 + account.reversals);
        expect(new Set(visits.map(({ ticket }) => ticket === null)).size).toBe(2);
        const settled = acts.findIndex((act) => act.kind === 'enter' && act.emergency);
        expect(acts.slice(settled + 1).some((act) => act.kind === 'buy')).toBe(true);
        for (const { quantity, day, untilDay } of account.courtesies) {
          const dayMs = 24 * hourMs;
          const meanwhile = entered.filter(({ atMs }) => {
            return atMs > span.startMs + day * dayMs && atMs < span.startMs + untilDay * dayMs;
          });
          expect(meanwhile.length).toBeLessThan(quantity);
        }
      }
    });
  },
);

test('the plan is the same in every zone of the machine', () => {
  const { TZ } = process.env;
  const span = spanFrom(firstInstants.at(-1)!);
  try {
    const plans = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'].map((zone) => {
      process.env.TZ = zone;
      return demoAccounts.map((account) => planOf(account, span));
    });
    expect(plans[1]).toEqual(plans[0]);
    expect(plans[2]).toEqual(plans[0]);
  } finally {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  }
});

function planOf(account: DemoAccount, span: Span) {
  const syncs = planTickets(account, span);
  const visits = planVisits(account, syncs, span);
  const steps = planAccount(account, visits, span);
  const acts = steps.flatMap((step) =>
    step.acts.map((act): Act & { atMs: number } => ({ ...act, atMs: step.atMs })),
  );
  const madeAt = new Map<string, number>();
  for (const { atMs, tickets } of syncs) {
    for (const { externalId } of tickets) {
      madeAt.set(externalId, Math.min(madeAt.get(externalId) ?? Infinity, atMs));
    }
  }
  return { span, madeAt, visits, steps, acts, replies: planReplies(account, steps, span) };
}
