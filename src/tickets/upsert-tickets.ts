import { In } from 'typeorm';
import { recordAudit, type Attribution } from '../access/audit';
import type { UserError } from '../api/user-error';
import { newId } from '../core/ids';
import { addressToFind } from '../core/mailbox';
import { isStorable, spellingsOf, tidyId } from '../core/texts';
import type { AccountManager } from '../db/account-manager';
import type { AccountState } from '../db/account-state';
import { AgentRow } from '../db/tables/agent';
import { ClientRow } from '../db/tables/client';
import { TicketRow } from '../db/tables/ticket';
import {
  mergeTicket,
  refuseTicket,
  type TicketReferences,
  type TicketUpsert,
} from './ticket.rules';

/**
 * Writes tickets as the service desk has them, each by its external id: a new one gets the
 * account's next number. Items are checked in their order, each separately; returns those that
 * exist after it. Refusals: VALIDATION_FAILED, NOT_FOUND, AGENT_NOT_ACTIVE.
 */
export function upsertTickets(
  state: AccountState,
  {
    tickets,
    nowMs,
    attribution,
  }: { tickets: readonly TicketUpsert[]; nowMs: number; attribution?: Attribution },
): Promise<{ tickets: TicketRow[]; userErrors: UserError[] }> {
  const { accountId } = state;
  return state.write(async (manager) => {
    const before = await findExisting(manager, tickets);
    const references = await findReferences(manager, tickets);
    const now = new Date(nowMs);
    let number = await lastNumber(manager);

    const userErrors: UserError[] = [];
    const after = new Map(before);
    const accepted: string[] = [];
    tickets.forEach((ticket, at) => {
      // A row of an earlier release keeps its spelling.
      const externalId = after.has(ticket.externalId)
        ? ticket.externalId
        : tidyId(ticket.externalId);
      const existing = after.get(externalId);
      const refusal = refuseTicket(ticket, at, existing, references);
      if (refusal) return userErrors.push(refusal);
      if (!existing) number += 1;
      const fresh = { accountId, id: newId(), number, now };
      const merged = mergeTicket({ ...ticket, externalId }, existing, fresh, references);
      after.set(externalId, merged);
      return accepted.push(externalId);
    });

    const changed = [...after.values()].filter((row) => row !== before.get(row.externalId!));
    if (changed.length > 0) {
      await manager.upsert(TicketRow, changed);
      // Only their ids: the texts of tickets belong to the service desk, and are long.
      const named = (isNew: boolean) =>
        changed.flatMap(({ externalId }) =>
          before.has(externalId!) === isNew ? [] : [externalId],
        );
      if (attribution) {
        await recordAudit(manager, {
          ...attribution,
          action: 'tickets.upserted',
          subject: { type: 'Account', id: accountId },
          before: null,
          after: { created: named(true), updated: named(false) },
          occurredAt: now,
        });
      }
    }
    return {
      result: { tickets: accepted.map((externalId) => after.get(externalId)!), userErrors },
      changed: changed.map(({ id }) => ({ kind: 'ticket' as const, id })),
    };
  });
}

async function findExisting(
  manager: AccountManager,
  tickets: readonly TicketUpsert[],
): Promise<Map<string, TicketRow>> {
  const externalId = In(spellingsOf(named(tickets.map((ticket) => ticket.externalId))));
  const rows = await manager.findBy(TicketRow, { externalId });
  return new Map(rows.map((row) => [row.externalId!, row]));
}

async function findReferences(
  manager: AccountManager,
  tickets: readonly TicketUpsert[],
): Promise<TicketReferences> {
  const clientIds = named(tickets.map((ticket) => ticket.clientExternalId));
  const externalId = In(spellingsOf(clientIds));
  const assignees = named(tickets.map((ticket) => ticket.assigneeEmail));
  const email = In(assignees.map(addressToFind));
  const clients = await manager.findBy(ClientRow, { externalId });
  const agents = await manager.findBy(AgentRow, { email });
  const found = new Map(clients.map((client) => [client.externalId!, client.id]));
  const spelled = clientIds.flatMap((id) => {
    const clientId = found.get(id) ?? found.get(tidyId(id));
    return clientId === undefined ? [] : [[id, clientId] as const];
  });
  return {
    clientIds: new Map(spelled),
    agents: new Map(agents.map((agent) => [agent.email, agent])),
  };
}

/** Read under the account's state lock, so that no other write gets the same number. */
async function lastNumber(manager: AccountManager): Promise<number> {
  const [row] = await manager.query<{ last: number }>(
    'select coalesce(max(number), 0) as last from tickets where account_id = $1',
  );
  return row?.last ?? 0;
}

/** What can be looked up: a text that PostgreSQL cannot store names nothing. */
function named(names: readonly (string | null | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name != null && isStorable(name)))] as string[];
}
