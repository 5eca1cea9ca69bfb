import { enqueueJobs, type Job } from '../db/jobs';
import type { Follower } from '../followers/follower';

/**
 * Requests the mail of each invoice and credit note. The job exists when the follower's new place is
 * committed, and only then: so each document is mailed once, also after a crash.
 */
export const invoiceMails: Follower = {
  name: 'invoice-mails',
  entryKinds: ['InvoiceIssued'],
  beginsAt: 'PRESENT_END',
  async handle(entries, transaction) {
    const jobs: Job[] = entries.map(({ payload }) => ({
      task: 'send-invoice',
      payload: { accountId: transaction.accountId, invoiceId: String(payload.invoiceId) },
    }));
    await transaction.query(enqueueJobs, [JSON.stringify(jobs)]);
  },
};
