import type { Job } from '../../../db/jobs';
import type { DueItem, Ledger } from '../../model/ledger';

/**
 * The job that tells people of an item that fell due. It is left in the account's outbox in the batch
 * that removes the item, so it exists once; a job that is done twice has the same id for its notice.
 */
export function dueNotice(
  { accountId }: Pick<Ledger, 'accountId'>,
  { kind, subject, atMs }: DueItem,
  noticeId: string,
): Job {
  return {
    task: 'write-due-notice',
    payload: { accountId, noticeId, kind, subject, at: new Date(atMs).toISOString() },
  };
}
