import { addDays } from '../time/calendar';
import { endOfLocalDay, localDayOf, startOfLocalDate } from '../time/local-day';
import type { DemoAccount } from './demo-accounts';
import type { Person } from './people';
import type { TicketSync } from './plan-tickets';
import { createRandom, type Random } from './random';
import { dayMs, hourMs, spanDays, type Span } from './span';

/** A visit of an occasional agent: when, for which ticket, and until when the pass runs. */
export interface Visit {
  atMs: number;
  person: Person;
  /** The ticket's external id; null: the agent entered the portal without a ticket. */
  ticket: string | null;
  untilMs: number;
}

/** Agents who left worked only during the first two thirds. */
export const leftAfterDays = 60;
/** Visits begin on the second day, after the first orders. */
const firstDay = 1;

/**
 * The visits of the span, in the order of their instants; at local working hours. A pure function
 * of the span: each person has a series of random numbers with the same draws for each day, so the
 * first day decides only which of the days are weekends.
 */
export function planVisits(
  account: DemoAccount,
  syncs: readonly TicketSync[],
  span: Span,
): Visit[] {
  return account.people
    .filter(({ type, status }) => type === 'OCCASIONAL' && status !== 'INVITED')
    .flatMap((person) => visitsOf(person, syncs, span))
    .sort((a, b) => a.atMs - b.atMs);
}

function visitsOf(person: Person, syncs: readonly TicketSync[], span: Span): Visit[] {
  const { timeZone, email } = person;
  const random = createRandom(`the days of ${email}`);
  const days = person.status === 'DEACTIVATED' ? leftAfterDays - 1 : spanDays + 1;
  const visits: Visit[] = [];
  // Dates are counted in the calendar: 24 hours later may be the same date, or two dates later.
  const { localDate: startDate } = localDayOf(span.startMs, timeZone);
  for (let day = firstDay; day < days; day += 1) {
    const comes = random.chance(person.visits / 100);
    const afterMidnightMs = random.integer(7.5 * hourMs, 17 * hourMs);
    if (!comes) continue;
    const localDate = addDays(startDate, day);
    if (isWeekend(localDate)) continue;
    const atMs = startOfLocalDate(localDate, timeZone) + afterMidnightMs;
    const untilMs = endOfLocalDay(atMs, timeZone);
    if (atMs <= span.startMs + dayMs || atMs > span.endMs) continue;
    if (person.isAway && untilMs > span.endMs) continue;
    const ticketRandom = createRandom(`ticket of ${email} on day ${day}`);
    const ticket = pickTicket(person, syncs, { atMs, random: ticketRandom });
    visits.push({ atMs, person, ticket, untilMs });
  }
  return visits;
}

/** Two of three visits are for a ticket of the last days, preferably one of their own. */
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
