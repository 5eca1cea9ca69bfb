import { portalSessionMaxMs, signPortalSession } from '../access/portal-session';
import type { ServiceKeyPrincipal } from '../access/principal';
import type { UserError } from '../api/user-error';
import type { AgentRow } from '../db/tables/agent';

/** A bearer token for one agent's browser, or the reason why there is none. */
export type OpenedPortalSession =
  { token: string; agentRowId: string; expiresAtMs: number } | Pick<UserError, 'code' | 'message'>;

/**
 * Opens the gate's page for an agent, in the name of a partner's service key: for 15 minutes, or as
 * long as the key lives if that is less. Refusals: NOT_FOUND, AGENT_NOT_ACTIVE.
 */
export async function openPortalSession(
  by: ServiceKeyPrincipal,
  agent: AgentRow | null,
  { key, nowMs }: { key: Buffer; nowMs: number },
): Promise<OpenedPortalSession> {
  if (!agent)
    return refuse(
      'NOT_FOUND',
      'The account has no such agent. Check the id or the e-mail address.',
    );
  if (agent.status !== 'ACTIVE')
    return refuse(
      'AGENT_NOT_ACTIVE',
      'This agent is invited or deactivated. Only an active agent can have a portal session.',
    );
  // Times of a bearer token are whole seconds: rounded down, so that it never lives too long.
  const endMs = Math.min(nowMs + portalSessionMaxMs, by.expiresAtMs);
  const expiresAtMs = Math.floor(endMs / 1000) * 1000;
  const session = { accountId: by.accountId, agentId: agent.id, keyId: by.keyId, expiresAtMs };
  const token = await signPortalSession(session, { key, nowMs });
  return { token, agentRowId: agent.id, expiresAtMs };
}

function refuse(code: 'NOT_FOUND' | 'AGENT_NOT_ACTIVE', message: string) {
  return { code, message };
}
