import type { DataSource } from 'typeorm';
import { activationToken } from '../access/activation-token';
import { canonicalAddress } from '../core/mailbox';
import { AccountScope } from '../db/account-scope';
import type { Mailer } from '../mail/mailer';
import { invitationMail } from '../mail/words';
import { renderMail } from '../mail/render-mail';
import { findInvitation } from './invitation.queries';

/**
 * Mails an activation link. One that does nothing any more, as a newer took its place or it was used
 * meanwhile, is not mailed; nor is any where the account has switched mails off. Whoever runs this
 * twice sends the same mail twice, by the same Message-ID.
 */
export async function sendInvitation(
  on: { source: DataSource; mailer: Mailer; activationKey: Uint8Array; publicUrl: string },
  { accountId, invitationId }: { accountId: string; invitationId: string },
): Promise<void> {
  const invitation = await findInvitation(new AccountScope(on.source, accountId), invitationId);
  if (!invitation?.isOpen || !invitation.sendsMail) return;
  // An address from before the rule may mean several people: none of them gets the link.
  if (canonicalAddress(invitation.email) === null) return;
  const token = activationToken(on.activationKey, { accountId, invitationId });
  // In the fragment, which no browser sends to a server and no proxy writes into a log.
  const link = `${on.publicUrl}/activate#${token}`;
  const { agentName, accountName, expiresAt, email } = invitation;
  await on.mailer.send({
    id: invitationId,
    accountId,
    to: { name: agentName, address: email },
    ...renderMail(invitationMail({ agentName, accountName, link, expiresAt })),
  });
}
