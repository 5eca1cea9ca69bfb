import type { UserError } from '../api/user-error';
import { digestOf } from '../core/digest';
import type { RefusalCode } from '../core/domain-error';
import { newId } from '../core/ids';
import type { AccountManager } from '../db/account-manager';
import type { AccountState } from '../db/account-state';
import { AgentRow } from '../db/tables/agent';
import { ApiKeyRow } from '../db/tables/api-key';
import { TicketRow } from '../db/tables/ticket';
import { TicketReplyRow } from '../db/tables/ticket-reply';
import { newerTicket } from './ticket.rules';

/** The author: an agent, in person or by a key; or a service key, which is not an agent. */
interface Author {
  agentId: string | null;
  keyId: string | null;
}

export interface NewReply {
  ticketId: string;
  author: Author;
  body: string;
  /** The ticket's new status; null: unchanged. */
  status: TicketRow['status'] | null;
  /** The idempotency key. */
  key: string;
  /** The account's instant. */
  nowMs: number;
}

interface Replied {
  /** Both are null if it was refused. */
  reply: TicketReplyRow | null;
  ticket: TicketRow | null;
  /** Whether the key was used before: then this is the reply from then. */
  replayed: boolean;
  userErrors: UserError[];
}

/**
 * Writes on a ticket, once for each idempotency key. Replies that are sent again at one moment wait
 * for each other at the account's state, so the second finds what the first has written.
 * Refusals: NOT_FOUND, IDEMPOTENCY_KEY_REUSED.
 */
export function replyToTicket(
  state: AccountState,
  { ticketId, author, body, status, key, nowMs }: NewReply,
): Promise<Replied> {
  const { accountId } = state;
  return state.write<Replied>(async (manager) => {
    const before = await manager.findOneBy(TicketRow, { id: ticketId });
    if (!before)
      return refused(
        'NOT_FOUND',
        'The account has no ticket with this id. Check the id.',
        'ticketId',
      );

    // The author is part of the input: by another agent's key it is another reply.
    const keyDigest = digestOf([ticketId, author.agentId, body, status]);
    const written = await manager.findOneBy(TicketReplyRow, { key });
    if (written && written.keyDigest !== keyDigest) return keyReused();
    if (written) return done({ reply: written, ticket: before, replayed: true });

    const ticket = newerTicket(before, status ? { status } : {}, new Date(nowMs));
    const { revision, updatedAt } = ticket;
    const reply: TicketReplyRow = {
      accountId,
      id: newId(),
      ticketId,
      ticketRevision: revision,
      agentId: author.agentId,
      authorName: await nameOf(manager, author),
      body,
      key,
      keyDigest,
      // Never before the ticket's last change, whichever process's estimate of the clock it is.
      createdAt: updatedAt,
    };
    await manager.insert(TicketReplyRow, reply);
    await manager.update(
      TicketRow,
      { id: ticketId },
      { status: ticket.status, revision, updatedAt },
    );
    return done({ reply, ticket, replayed: false });
  });
}

async function nameOf(manager: AccountManager, { agentId, keyId }: Author): Promise<string> {
  const author =
    agentId !== null
      ? await manager.findOneBy(AgentRow, { id: agentId })
      : await manager.findOneBy(ApiKeyRow, { id: keyId! });
  if (!author) throw new Error('The author of a reply must be an agent or a key.');
  return author.name;
}

function done(replied: { reply: TicketReplyRow; ticket: TicketRow; replayed: boolean }) {
  const { id } = replied.ticket;
  const changed = replied.replayed ? [] : [{ kind: 'ticket' as const, id }];
  return { result: { ...replied, userErrors: [] }, changed };
}

function keyReused() {
  const message = 'This idempotency key was used before with another input. Use a new key.';
  return refused('IDEMPOTENCY_KEY_REUSED', message, 'idempotencyKey');
}

function refused(code: RefusalCode, message: string, name: string) {
  const userErrors: UserError[] = [{ code, message, field: [name] }];
  return { result: { reply: null, ticket: null, replayed: false, userErrors }, changed: [] };
}
