import type { DataSource } from 'typeorm';
import { activationToken } from '../access/activation-token';
import { canonicalAddress } from '../core/mailbox';
import { AccountScope } from '../db/account-scope';
import type { Mailer } from '../mail/mailer';
import { invitationMail } from '../mail/words';
import { renderMail } from '../mail/render-mail';
import { writeTime } from '../time/write-time';
import { findInvitation } from './invitation.queries';

/**
 * Mails an activation link. A link that is no longer valid, because it was replaced or used, is not
 * mailed; nor is any link if the account has switched mails off. If this runs twice, the same mail
 * is sent twice, with the same Message-ID.
 */
export async function sendInvitation(
  on: { source: DataSource; mailer: Mailer; activationKey: Uint8Array; publicUrl: string },
  { accountId, invitationId }: { accountId: string; invitationId: string },
): Promise<void> {
  const invitation = await findInvitation(new AccountScope(on.source, accountId), invitationId);
  if (!invitation?.isOpen || !invitation.sendsMail) return;
  // An address from before the rule may be several mailboxes: none of them gets the link.
  if (canonicalAddress(invitation.email) === null) return;
  const token = activationToken(on.activationKey, { accountId, invitationId });
  // In the fragment, which no browser sends to a server and no proxy writes into a log.
  const link = `${on.publicUrl}/activate#${token}`;
  const { agentName, agentZone, accountName, expiresAt, email } = invitation;
  const until = writeTime(expiresAt.getTime(), agentZone, 'en');
  await on.mailer.send({
    id: invitationId,
    accountId,
    to: { name: agentName, address: email },
    ...renderMail(invitationMail({ agentName, accountName, link, until })),
  });
}
