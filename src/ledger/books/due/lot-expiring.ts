import type { Lot } from '../../model/ledger';
import { putDueItem, type Changes } from '../../model/changes';
import type { DueKindModule } from './due-kind';
import { dueNotice } from './due-notice';

/** So long before the end of a lot its admins learn of it. */
const noticeMs = 7 * 24 * 3_600_000;

/** A lot with unused passes ends in seven days. */
export const lotExpiring: DueKindModule<'LOT_EXPIRING'> = {
  kind: 'LOT_EXPIRING',
  fall(item, { ledger, posting, newId }) {
    const { facts } = item;
    // The lot may be used up, or have ended while no process ran.
    if (!facts || facts.remaining === 0 || facts.expiresAtMs <= ledger.nowMs) return;
    posting.changes.jobs.push(dueNotice(ledger, item, newId()));
  },
};

/** Nobody needs a notice of a lot that ends within the notice's time: it was made that way just now. */
export function expectLotToExpire(
  changes: Pick<Changes, 'dueItems'>,
  { id, expiresAtMs }: Lot,
  nowMs: number,
): void {
  if (expiresAtMs === null || expiresAtMs - noticeMs <= nowMs) return;
  putDueItem(changes, { kind: 'LOT_EXPIRING', subject: id, atMs: expiresAtMs - noticeMs });
}
