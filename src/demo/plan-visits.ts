import { endOfLocalDay, localDayOf, startOfLocalDate } from '../time/local-day';
import type { DemoAccount } from './demo-accounts';
import type { Person } from './people';
import type { TicketSync } from './plan-tickets';
import { createRandom, type Random } from './random';
import { dayMs, hourMs, spanDays, type Span } from './span';

/** An occasional agent comes in: when, for which ticket, and until when the pass runs. */
export interface Visit {
  atMs: number;
  person: Person;
  /** The ticket's external id; null: the agent came to the portal. */
  ticket: string | null;
  untilMs: number;
}

/** Whoever left came in during the first two thirds only. */
export const leftAfterDays = 60;
/** Visits begin on the second day: the first orders are made before. */
const firstDay = 1;

/** Who came in when during the span, in the order of their instants; at local working hours. */
export function planVisits(
  account: DemoAccount,
  syncs: readonly TicketSync[],
  span: Span,
): Visit[] {
  const random = createRandom(`visits of ${account.slug}`);
  const visitors = account.people.filter(
    ({ type, status }) => type === 'OCCASIONAL' && status !== 'INVITED',
  );
  return visitors
    .flatMap((person) => visitsOf(person, syncs, { span, random }))
    .sort((a, b) => a.atMs - b.atMs);
}

function visitsOf(
  person: Person,
  syncs: readonly TicketSync[],
  { span, random }: { span: Span; random: Random },
): Visit[] {
  const { timeZone } = person;
  const days = person.status === 'DEACTIVATED' ? leftAfterDays - 1 : spanDays + 1;
  const visits: Visit[] = [];
  for (let day = firstDay; day < days; day += 1) {
    const { localDate } = localDayOf(span.startMs + day * dayMs, timeZone);
    const comes = random.chance(person.visits / 100);
    const afterMidnightMs = random.integer(7.5 * hourMs, 17 * hourMs);
    const ticketOf = (atMs: number) => pickTicket(person, syncs, { atMs, random });
    const atMs = startOfLocalDate(localDate, timeZone) + afterMidnightMs;
    if (!comes || isWeekend(localDate) || atMs <= span.startMs + dayMs) continue;
    const untilMs = endOfLocalDay(atMs, timeZone);
    if (atMs > span.endMs || (person.isAway && untilMs > span.endMs)) continue;
    visits.push({ atMs, person, ticket: ticketOf(atMs), untilMs });
  }
  return visits;
}

/** Two of three come for a ticket of the last days: rather one of their own. */
function pickTicket(
  person: Person,
  syncs: readonly TicketSync[],
  { atMs, random }: { atMs: number; random: Random },
): string | null {
  if (!person.sections.includes('TICKETS') || random.chance(0.35)) return null;
  const recent = syncs.filter((sync) => sync.atMs < atMs).slice(-2);
  const tickets = recent.flatMap((sync) => sync.tickets);
  const own = tickets.filter((ticket) => ticket.assigneeEmail === person.email);
  const some = own.length > 0 ? own : tickets;
  return some.length > 0 ? random.pick(some).externalId : null;
}

function isWeekend(localDate: string): boolean {
  return [0, 6].includes(new Date(`${localDate}T00:00:00Z`).getUTCDay());
}
