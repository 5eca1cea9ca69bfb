import { addDays } from '../../../time/calendar';
import { startOfLocalDate } from '../../../time/local-day';
import { putDueItem, type Changes } from '../../model/changes';
import type { Invoice } from '../../model/ledger';
import type { DueKindModule } from './due-kind';
import { dueNotice } from './due-notice';

/** The last day for the payment of an invoice has passed. */
export const invoiceOverdue: DueKindModule<'INVOICE_OVERDUE'> = {
  kind: 'INVOICE_OVERDUE',
  fall(item, { ledger, posting, newId }) {
    // A payment or a credit note may have come.
    if (!item.facts || item.facts.openMinor === 0) return;
    posting.changes.jobs.push(dueNotice(ledger, item, newId()));
  },
};

/** `dueOn` is the last day for the payment, in the account's zone. */
export function expectPayment(
  changes: Pick<Changes, 'dueItems'>,
  { id, dueOn }: Pick<Invoice, 'id' | 'dueOn'>,
  timeZone: string,
): void {
  if (dueOn === null) return;
  const atMs = startOfLocalDate(addDays(dueOn, 1), timeZone);
  putDueItem(changes, { kind: 'INVOICE_OVERDUE', subject: id, atMs });
}
