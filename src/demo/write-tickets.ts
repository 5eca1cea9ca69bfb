import type { DataSource } from 'typeorm';
import { upsertClients } from '../clients/upsert-clients';
import type { UserError } from '../api/user-error';
import { AccountState } from '../db/account-state';
import { replyToTicket } from '../tickets/reply-to-ticket';
import { upsertTickets } from '../tickets/upsert-tickets';
import type { DemoClient } from './clients';
import type { OpenAccount } from './open-account';
import type { PlannedReply } from './plan-replies';
import type { TicketSync } from './plan-tickets';

/** An account that is being created has no subscribers. */
const noHints = { send: () => {} };

/**
 * Hands over clients and tickets as the service desk would have, with what was written on them in
 * between; doing it again changes nothing.
 */
export async function writeTickets(
  source: DataSource,
  account: OpenAccount,
  plan: {
    clients: readonly DemoClient[];
    syncs: readonly TicketSync[];
    /** In the order of their instants. */
    replies: readonly PlannedReply[];
  },
): Promise<void> {
  const { accountId, ticketIds, span } = account;
  const { clients, syncs, replies } = plan;
  const state = new AccountState({ source, hints: noHints }, accountId);
  const said = await upsertClients(state, {
    clients: clients.map(({ externalId, name }) => ({ externalId, name })),
    nowMs: span.startMs,
  });
  refuse(said.userErrors);
  for (const [at, { atMs, tickets }] of syncs.entries()) {
    const written = await upsertTickets(state, { tickets, nowMs: atMs });
    refuse(written.userErrors);
    for (const { externalId, id } of written.tickets) ticketIds.set(externalId!, id);
    const nextMs = syncs[at + 1]?.atMs ?? Infinity;
    const meanwhile = replies.filter((reply) => reply.atMs >= atMs && reply.atMs < nextMs);
    for (const reply of meanwhile) await writeReply(state, account, reply);
  }
}

async function writeReply(
  state: AccountState,
  { agents, ticketIds }: OpenAccount,
  { atMs, email, ticket, body }: PlannedReply,
): Promise<void> {
  const { userErrors } = await replyToTicket(state, {
    ticketId: ticketIds.get(ticket)!,
    author: { agentId: agents.get(email)!.id, keyId: null },
    body,
    status: null,
    // The same at every try, so that a seed that was killed writes nothing twice.
    key: `demo ${ticket} ${email} ${new Date(atMs).toISOString()}`,
    nowMs: atMs,
  });
  refuse(userErrors);
}

function refuse([error]: readonly UserError[]): void {
  if (error)
    throw new Error(`A command of the demo data was refused: ${error.code}: ${error.message}`);
}
