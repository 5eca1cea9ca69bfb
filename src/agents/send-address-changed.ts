import type { DataSource } from 'typeorm';
import { nearestLanguage } from '../core/notation/languages';
import { canonicalAddress } from '../core/mailbox';
import { AccountScope } from '../db/account-scope';
import { addressChangedMail } from '../mail/address-changed-words';
import type { Mailer } from '../mail/mailer';
import { renderMail } from '../mail/render-mail';

/**
 * Informs an agent's old address that it is no longer the agent's, in the language of the agent's
 * last consent. If it is sent again after a crash, it has the same Message-ID.
 */
export async function sendAddressChanged(
  on: { source: DataSource; mailer: Mailer },
  {
    accountId,
    agentId,
    mailId,
    oldAddress,
  }: { accountId: string; agentId: string; mailId: string; oldAddress: string },
): Promise<void> {
  // An address from before the rule may be several mailboxes.
  if (canonicalAddress(oldAddress) === null) return;
  const [row] = await new AccountScope(on.source, accountId).query<{
    agentName: string;
    accountName: string;
    locale: string | null;
  }>(
    `select agent.name as "agentName", account.name as "accountName",
       (select consent_locale from consumptions
         where account_id = $1 and agent_id = agent.id and consent_locale is not null
         order by starts_at desc limit 1) as locale
     from agents agent join accounts account on account.id = agent.account_id
     where agent.account_id = $1 and agent.id = $2 and account.email_notifications_enabled`,
    [agentId],
  );
  if (!row) return;
  const { agentName, accountName, locale } = row;
  const words = addressChangedMail(nearestLanguage(locale ?? 'en'), { agentName, accountName });
  await on.mailer.send({
    id: mailId,
    accountId,
    to: { name: agentName, address: oldAddress },
    ...renderMail(words),
  });
}
