import type { AccountManager } from '../db/account-manager';
import type { Job } from '../db/jobs';
import type { NoticeDraft, NoticeKind } from './notice';

/** Kinds that are not mailed: an invoice has a mail of its own, which is sent to the billing address. */
const withoutMail: ReadonlySet<NoticeKind> = new Set(['INVOICE_ISSUED']);

/** Kinds that a person may switch off, or gets at all, by mail. */
export function isMailed(kind: NoticeKind): boolean {
  return !withoutMail.has(kind);
}

/** A job for each mail: to each account admin, or to the one agent whom the notice concerns. */
export async function mailsOf(
  transaction: AccountManager,
  notices: readonly NoticeDraft[],
): Promise<Job[]> {
  const mailed = notices.filter(({ kind }) => isMailed(kind));
  if (mailed.length === 0) return [];
  const admins = await transaction.query<{ id: string }>(
    `select id from agents
     where account_id = $1 and role = 'ACCOUNT_ADMIN' and status = 'ACTIVE' order by id`,
  );
  return mailed.flatMap(({ id: noticeId, accountId, agentId }) => {
    const receivers = agentId === null ? admins.map((admin) => admin.id) : [agentId];
    return receivers.map((receiverId) => ({
      task: 'send-notice',
      payload: { accountId, noticeId, agentId: receiverId },
      key: `send-notice ${noticeId} mail ${receiverId}`,
    }));
  });
}
