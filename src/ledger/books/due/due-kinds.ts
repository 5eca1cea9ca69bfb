import { putDueItem } from '../../model/changes';
import type { DueKind, LoadedDueItem } from '../../model/ledger';
import type { DueKindModule, FallingOn } from './due-kind';
import { invoiceOverdue } from './invoice-overdue';
import { lotExpiring } from './lot-expiring';
import { orderLapses } from './order-lapses';

/** The kinds of due items. A new one is a module here, and its facts in `rows/due-item.ts`. */
const dueKindModules: { readonly [Kind in DueKind]: DueKindModule<Kind> } = {
  LOT_EXPIRING: lotExpiring,
  INVOICE_OVERDUE: invoiceOverdue,
  ORDER_LAPSES: orderLapses,
};

/** Does what is due, oldest first, and removes the items. */
export function fallDue(items: Iterable<LoadedDueItem>, on: FallingOn): void {
  const due = [...items].filter(({ atMs }) => atMs <= on.ledger.nowMs);
  for (const item of due.sort((a, b) => a.atMs - b.atMs)) {
    const module = dueKindModules[item.kind] as DueKindModule;
    putDueItem(on.posting.changes, { ...item, atMs: null });
    module.fall(item, on);
  }
}
