import { addDays } from '../../../time/calendar';
import { startOfLocalDate } from '../../../time/local-day';
import { putDueItem, type Changes } from '../../model/changes';
import type { DueFacts, Invoice } from '../../model/ledger';
import type { DueKindModule } from './due-kind';
import { dueNotice } from './due-notice';

/** The last day for the payment of an invoice has passed. */
export const invoiceOverdue: DueKindModule<'INVOICE_OVERDUE'> = {
  kind: 'INVOICE_OVERDUE',
  fall(item, { ledger, posting, newId }) {
    if (!item.facts || !isStillOpen(item.facts)) return;
    posting.changes.jobs.push(dueNotice(ledger, item, newId()));
  },
};

/** Whether money is still missing. */
function isStillOpen({ grossMinor, creditedMinor }: DueFacts['INVOICE_OVERDUE']): boolean {
  return grossMinor > creditedMinor;
}

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
