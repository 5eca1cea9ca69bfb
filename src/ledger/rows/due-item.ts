import { instant, RowCodec, text, uuid, type RowOf } from './codec';
import { ms } from './load-sql';
import { orderRow, type Order } from './order';

export const dueItemRow = new RowCodec('due_items', {
  kind: text<DueKind>('kind'),
  /** The id of the row that it happens to. */
  subject: uuid('subject'),
  /** By the account's clock. */
  atMs: instant('at'),
});

/** What happens to an account at an instant that is known before. */
export type DueItem = RowOf<typeof dueItemRow>;

/** What each kind must know of its subject when it falls due. */
export interface DueFacts {
  LOT_EXPIRING: { remaining: number; expiresAtMs: number };
  INVOICE_OVERDUE: { openMinor: number };
  ORDER_LAPSES: Order;
}

export type DueKind = keyof DueFacts;

/**
 * The SQL that reads these facts, as JSON; null if the subject is gone. `$1` is the account, and
 * `item` the row of `due_items`.
 */
const factsOf: Readonly<Record<DueKind, string>> = {
  LOT_EXPIRING: `
    select json_build_object('remaining', remaining, 'expiresAtMs', ${ms('expires_at')})
    from lots where account_id = $1 and id = item.subject`,
  INVOICE_OVERDUE: `
    select json_build_object('openMinor', (
      select open_minor from orders o where o.account_id = $1 and o.id = invoice.order_id))
    from invoices invoice where account_id = $1 and id = item.subject`,
  ORDER_LAPSES: `
    select ${orderRow.json('lapsing')} from orders lapsing
    where lapsing.account_id = $1 and lapsing.id = item.subject`,
};

/**
 * The kinds that this release knows. It leaves the items of other kinds to a newer release, which may
 * run beside it.
 */
export const dueKinds = Object.keys(factsOf) as readonly DueKind[];

/** SQL for the facts of `item`, whatever its kind. */
export const dueFacts = `case item.kind
  ${dueKinds.map((kind) => `when '${kind}' then (${factsOf[kind]})`).join('\n  ')} end`;
