import type { DataSource } from 'typeorm';
import { canonicalAddress } from '../core/mailbox';
import { idOf } from '../core/ids';
import { AccountScope } from '../db/account-scope';
import type { Mailer } from '../mail/mailer';
import { renderMail } from '../mail/render-mail';
import type { Notice } from './notice';
import { noticeMail } from './notice-mail-words';
import { noticesById } from './notice.queries';

interface Services {
  source: DataSource;
  mailer: Mailer;
  publicUrl: string;
}

/**
 * Mails a notice to one agent, in the language that the agent has chosen, else that of its last consent,
 * else that of the account. Nothing is mailed if the agent is no longer concerned, has switched the kind off, or if the account has switched mails off.
 * If it is sent again after a crash, it has the same Message-ID.
 */
export async function sendNotice(
  on: Services,
  { accountId, noticeId, agentId }: { accountId: string; noticeId: string; agentId: string },
): Promise<void> {
  const scope = new AccountScope(on.source, accountId);
  const [notice] = await noticesById(scope, [noticeId]);
  if (!notice) return;
  const receiver = await readReceiver(scope, notice, agentId);
  // An address from before the rule may be several mailboxes.
  if (!receiver || canonicalAddress(receiver.email) === null) return;
  const { name, email: address, locale } = receiver;
  await on.mailer.send({
    id: idOf(['notice', noticeId, agentId]),
    accountId,
    to: { name, address },
    ...renderMail(noticeMail(notice, { locale, name, publicUrl: on.publicUrl })),
  });
}

interface Receiver {
  name: string;
  email: string;
  locale: string;
}

/** The receiver as it is now; null if it does not get the mail. */
async function readReceiver(
  scope: AccountScope,
  notice: Notice,
  agentId: string,
): Promise<Receiver | null> {
  const [receiver] = await scope.query<Receiver>(
    `select agent.name, agent.email,
       coalesce(
         (select language from notice_settings where account_id = $1 and agent_id = agent.id),
         (select consent_locale from consumptions
           where account_id = $1 and agent_id = agent.id and consent_locale is not null
           order by starts_at desc limit 1),
         account.notice_language) as locale
     from agents agent join accounts account on account.id = agent.account_id
     where agent.account_id = $1 and agent.id = $2 and agent.status = 'ACTIVE'
       and account.email_notifications_enabled
       and case when $3::uuid is null then agent.role = 'ACCOUNT_ADMIN' else agent.id = $3 end
       and not exists (select from notice_settings
         where account_id = $1 and agent_id = agent.id and $4 = any(mails_off))`,
    [agentId, notice.agentId, notice.kind],
  );
  return receiver ?? null;
}
