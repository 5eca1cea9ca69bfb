import type { AccountScope } from '../db/account-scope';

/** An invitation and its agent. */
export interface InvitationOfAgent {
  tokenHash: string;
  isUsed: boolean;
  /** Whether its link still does something, by the database's clock. */
  isOpen: boolean;
  expiresAt: Date;
  agentName: string;
  agentZone: string;
  email: string;
  accountName: string;
  accountSlug: string;
  /** Whether the account's agents are sent mails. */
  sendsMail: boolean;
}

export async function findInvitation(
  scope: AccountScope,
  invitationId: string,
): Promise<InvitationOfAgent | null> {
  const [row] = await scope.query<InvitationOfAgent>(
    `select encode(i.token_hash, 'hex') as "tokenHash", i.used_at is not null as "isUsed",
       i.used_at is null and agent.status = 'INVITED' and i.expires_at > clock_timestamp()
         as "isOpen",
       i.expires_at as "expiresAt", agent.name as "agentName", agent.time_zone as "agentZone", agent.email,
       account.name as "accountName", account.slug as "accountSlug", account.email_notifications_enabled as "sendsMail"
     from invitations i
     join agents agent on agent.account_id = i.account_id and agent.id = i.agent_id
     join accounts account on account.id = i.account_id
     where i.account_id = $1 and i.id = $2`,
    [invitationId],
  );
  return row ?? null;
}
