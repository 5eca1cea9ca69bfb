import { demoAccounts } from '../../src/demo/demo-accounts';
import { planAccount } from '../../src/demo/plan-account';
import { planReplies } from '../../src/demo/plan-replies';
import { planTickets } from '../../src/demo/plan-tickets';
import { planVisits } from '../../src/demo/plan-visits';
import { spanFrom } from '../../src/demo/span';
import type { Act } from '../../src/demo/step';

const hourMs = 3_600_000;
// Every hour of the day, weekdays and weekends, with the clock changes of spring and autumn.
const starts = Array.from({ length: 60 }, (_, at) =>
  spanFrom(Date.parse('2026-01-05T00:00:00Z') + at * 145 * hourMs + at * 1_337),
);

describe.each(demoAccounts.map((account) => ({ slug: account.slug, account })))(
  'whenever the demo of $slug begins',
  ({ account }) => {
    const plans = starts.map((span) => {
      const syncs = planTickets(account, span);
      const visits = planVisits(account, syncs, span);
      return { span, syncs, visits, steps: planAccount(account, visits, span) };
    });
    const actsOf = ({ steps }: (typeof plans)[number]) =>
      steps.flatMap(({ atMs, acts }) =>
        acts.map((act): Act & { atMs: number } => ({ ...act, atMs })),
      );

    test('it lies in the past, and its steps rise', () => {
      for (const { span, steps } of plans) {
        expect(steps[0]!.atMs).toBeGreaterThan(span.startMs);
        expect(steps.at(-1)!.atMs).toBeLessThanOrEqual(span.endMs);
        steps.reduce((before, { atMs }) => {
          expect(atMs).toBeGreaterThan(before);
          return atMs;
        }, 0);
      }
    });

    test('nobody comes for a ticket that is not there yet', () => {
      for (const { syncs, visits } of plans) {
        const madeAt = new Map<string, number>();
        for (const { atMs, tickets } of syncs) {
          for (const { externalId } of tickets) {
            madeAt.set(externalId, Math.min(madeAt.get(externalId) ?? Infinity, atMs));
          }
        }
        expect(madeAt.size).toBe(account.tickets);
        for (const { ticket, atMs } of visits) {
          if (ticket) expect(madeAt.get(ticket)).toBeLessThan(atMs);
        }
      }
    });

    test('what is written on tickets is written after they came, in the past, in order', () => {
      for (const { span, syncs, steps } of plans) {
        const replies = planReplies(account, steps, span);
        expect(replies.length > 0).toBe(account.sandbox);
        expect(replies).toEqual([...replies].sort((a, b) => a.atMs - b.atMs));
        for (const { atMs, ticket } of replies) {
          const came = syncs.find(({ tickets }) =>
            tickets.some(({ externalId }) => externalId === ticket),
          );
          expect(came!.atMs).toBeLessThan(atMs);
          expect(atMs).toBeLessThanOrEqual(span.endMs);
        }
      }
    });

    test('the wallet lends once where an order is late, else never', () => {
      for (const plan of plans) {
        const acts = actsOf(plan);
        const lent = acts.filter((act) => act.kind === 'enter' && act.emergency);
        expect(lent).toHaveLength(account.lateAfter === null ? 0 : 1);
        expect(acts.filter((act) => act.kind === 'take-back')).toHaveLength(account.reversals);
      }
    });
  },
);
