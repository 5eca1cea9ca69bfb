import type { DataSource } from 'typeorm';
import { upsertClients } from '../clients/upsert-clients';
import type { UserError } from '../api/user-error';
import { AccountState } from '../db/account-state';
import { upsertTickets } from '../tickets/upsert-tickets';
import type { DemoClient } from './clients';
import type { OpenAccount } from './open-account';
import type { TicketSync } from './plan-tickets';

/** Nobody listens to an account that is being made. */
const noHints = { send: () => {} };

/** Hands over clients and tickets as the service desk would have; doing it again changes nothing. */
export async function writeTickets(
  source: DataSource,
  account: OpenAccount,
  { clients, syncs }: { clients: readonly DemoClient[]; syncs: readonly TicketSync[] },
): Promise<void> {
  const { accountId, ticketIds, span } = account;
  const state = new AccountState({ source, hints: noHints }, accountId);
  const said = await upsertClients(state, {
    clients: clients.map(({ externalId, name }) => ({ externalId, name })),
    nowMs: span.startMs,
  });
  refuse(said.userErrors);
  for (const { atMs, tickets } of syncs) {
    const written = await upsertTickets(state, { tickets, nowMs: atMs });
    refuse(written.userErrors);
    for (const { externalId, id } of written.tickets) ticketIds.set(externalId!, id);
  }
}

function refuse([error]: readonly UserError[]): void {
  if (error) throw new Error(`The seed was refused: ${error.code}: ${error.message}`);
}
