import type { List } from '../api/read-page';
import type { AccountScope } from '../db/account-scope';
import { InvoiceRow } from '../db/tables/invoice';

/** Loads invoices and credit notes by id. */
export function invoicesById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(InvoiceRow | null)[]> {
  return scope.byId(InvoiceRow, ids);
}

/** What a list of invoices may be reduced to. */
export interface InvoiceFilter {
  kind?: InvoiceRow['kind'] | null;
  /** The first and the last date of issue. */
  from?: string | null;
  to?: string | null;
  number?: string | null;
  /** Whether something of it is still to be paid. */
  open?: boolean | null;
}

/** Invoices and credit notes, newest first. */
export function invoiceList(
  scope: AccountScope,
  { kind, from, to, number, open }: InvoiceFilter,
): List<InvoiceRow> {
  const rows = scope.select(InvoiceRow);
  if (kind) rows.andWhere('row.kind = :kind', { kind });
  if (from) rows.andWhere('row.issuedOn >= :from', { from });
  if (to) rows.andWhere('row.issuedOn <= :to', { to });
  if (number) rows.andWhere(`row.series || '-' || row.place = :number`, { number: number.trim() });
  if (open != null) rows.andWhere(open ? isOpen : `not (${isOpen})`);
  const keys = [{ sql: 'row.sequence', kind: 'number' as const }];
  return { name: 'invoices', rows, order: { name: 'SEQUENCE', keys, direction: 'DESC' } };
}

/** What is still to be paid of an invoice is in its order. A credit note is never open. */
const isOpen = `row.kind = 'INVOICE' and exists (
  select 1 from orders o
  where o.account_id = row.account_id and o.id = row.order_id and o.open_minor > 0)`;
