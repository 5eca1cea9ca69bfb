import type { FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { readActivationToken } from '../../access/activation-token';
import { findInvitation } from '../../agents/invitation.queries';
import { AccountScope } from '../../db/account-scope';

const asked = z.object({ token: z.string().max(200) });

/**
 * `POST /activate`: whom the link of an invitation invites, and to which service desk, for the page
 * that asks before it activates. Null if the link is not valid. A person who has the link can
 * activate the account, so this shows nothing more. A forged token costs no read.
 */
export function addInvitationRoute(
  app: FastifyInstance,
  source: DataSource,
  activationKey: Uint8Array,
): void {
  app.post('/activate', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    const { data } = asked.safeParse(request.body);
    const read = data && readActivationToken(activationKey, data.token);
    if (!read) return { invitation: null };
    const { accountId, invitationId, hash } = read;
    const found = await findInvitation(new AccountScope(source, accountId), invitationId);
    if (found?.tokenHash !== hash || !(found.isOpen || found.isUsed)) return { invitation: null };
    const { agentName, email, accountName, accountSlug, isUsed } = found;
    return {
      invitation: { name: agentName, email, desk: accountName, account: accountSlug, isUsed },
    };
  });
}
