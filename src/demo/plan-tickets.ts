import type { TicketUpsert } from '../tickets/ticket.rules';
import type { DemoAccount } from './demo-accounts';
import { createRandom, type Random } from './random';
import { dayMs, hourMs, spanDays, type Span } from './span';
import { writeTicket } from './ticket-texts';

/** The service desk hands over what is new and what changed, every ninth day. */
export interface TicketSync {
  atMs: number;
  tickets: TicketUpsert[];
}

const everyDays = 9;
const syncsMax = spanDays / everyDays;

/** The tickets of ninety days, as the account's service desk would have handed them over. */
export function planTickets(account: DemoAccount, span: Span): TicketSync[] {
  const random = createRandom(`tickets of ${account.slug}`);
  const syncs = Array.from({ length: syncsMax }, (_, at): TicketSync => ({
    atMs: span.startMs + at * everyDays * dayMs + random.integer(1, 9 * hourMs),
    tickets: [],
  }));
  for (let number = 1; number <= account.tickets; number += 1) {
    const at = Math.floor(((number - 1) / account.tickets) * syncsMax);
    const ticket = newTicket(account, number, random);
    syncs[at]!.tickets.push(ticket);
    const status = statusAfter(syncsMax - at, random);
    // What was handed over without a status is open. An old ticket was touched some days later.
    if (status) syncs[Math.min(at + 1, syncsMax - 1)]!.tickets.push({ ...ticket, status });
  }
  return syncs;
}

function newTicket({ slug, clients, people }: DemoAccount, number: number, random: Random) {
  const client = random.pick(clients);
  const requester = random.pick(client.contacts);
  const hands = people.filter((person) => person.sections.includes('TICKETS'));
  const assignee = random.chance(0.75) ? random.pick(hands) : null;
  return {
    externalId: `${slug}-${1000 + number}`,
    clientExternalId: client.externalId,
    requesterName: requester.name,
    requesterEmail: requester.email,
    assigneeEmail: assignee?.status === 'ACTIVE' ? assignee.email : null,
    ...writeTicket(random, requester.name),
  };
}

/** Most old tickets are closed, most new ones are open (null). */
function statusAfter(syncs: number, random: Random): TicketUpsert['status'] {
  if (syncs > 2) return random.pick(['CLOSED', 'CLOSED', 'CLOSED', 'RESOLVED', 'PENDING'] as const);
  if (syncs > 1) return random.pick(['RESOLVED', 'RESOLVED', 'PENDING', null] as const);
  return random.pick(['PENDING', null, null] as const);
}
