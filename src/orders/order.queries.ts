import type { List } from '../api/read-page';
import type { AccountScope } from '../db/account-scope';
import { InvoiceRow } from '../db/tables/invoice';
import type { Order, PaymentAttempt } from '../ledger/model/ledger';
import type { OrderStatus, PaymentState } from '../ledger/model/order.rules';
import { attemptRow, orderRow } from '../ledger/rows/order';

/** Loads orders by id. */
export function ordersById(scope: AccountScope, ids: readonly string[]): Promise<(Order | null)[]> {
  return scope.byId(orderRow.shape, ids);
}

/** Loads the payments of each order, the first one first. */
export async function paymentsByOrder(
  scope: AccountScope,
  orderIds: readonly string[],
): Promise<PaymentAttempt[][]> {
  const rows = await scope
    .rows(attemptRow.shape)
    .andWhere('row.order_id = any(:orderIds)', { orderIds })
    .addOrderBy('row.recorded_at')
    .addOrderBy('row.id')
    .getMany();
  return orderIds.map((id) => rows.filter(({ orderId }) => orderId === id));
}

/** Loads the invoice and the credit notes of each order, the first one first. */
export async function documentsByOrder(
  scope: AccountScope,
  orderIds: readonly string[],
): Promise<InvoiceRow[][]> {
  const rows = await scope
    .select(InvoiceRow)
    .andWhere('row.orderId = any(:orderIds)', { orderIds })
    .addOrderBy('row.sequence')
    .getMany();
  return orderIds.map((id) => rows.filter(({ orderId }) => orderId === id));
}

/** Loads the lot of each order; null if its passes have not come. */
export async function lotsByOrder(
  scope: AccountScope,
  orderIds: readonly string[],
): Promise<({ quantity: number; remaining: number } | null)[]> {
  const rows = await scope.query<{ orderId: string; quantity: number; remaining: number }>(
    `select purchase.order_id as "orderId", lot.quantity, lot.remaining
     from purchases purchase
     join lots lot on lot.account_id = purchase.account_id and lot.id = purchase.lot_id
     where purchase.account_id = $1 and purchase.order_id = any($2)`,
    [orderIds],
  );
  const found = new Map(rows.map((row) => [row.orderId, row]));
  return orderIds.map((id) => found.get(id) ?? null);
}

/** What a list of orders may be reduced to. */
export interface OrderFilter {
  walletId: string | null;
  status?: OrderStatus | null;
  payment?: PaymentState | null;
  /** The first instant, and the first after the last. */
  from?: number | null;
  to?: number | null;
}

/** `statusOf`, as conditions. */
const withStatus: Readonly<Record<OrderStatus, string>> = {
  PLACED: 'row.credited_at is null and row.canceled_at is null',
  CREDITED: 'row.credited_at is not null and row.open_minor > 0',
  CLOSED: 'row.credited_at is not null and row.open_minor = 0',
  CANCELED: 'row.canceled_at is not null',
};

/** `paymentOf`, as conditions. */
const withPayment: Readonly<Record<PaymentState, string>> = {
  NONE: '(row.canceled_at is not null or row.gross_minor = 0)',
  OPEN: 'row.open_minor > 0',
  PAID: 'row.canceled_at is null and row.gross_minor > 0 and row.open_minor = 0',
};

/** Orders, newest first. */
export function orderList(
  scope: AccountScope,
  { walletId, status, payment, from, to }: OrderFilter,
): List<Order> {
  const rows = scope.rows(orderRow.shape);
  if (walletId !== null) rows.andWhere('row.wallet_id = :walletId', { walletId });
  if (status) rows.andWhere(withStatus[status]);
  if (payment) rows.andWhere(withPayment[payment]);
  if (from != null) rows.andWhere('row.placed_at >= :from', { from: new Date(from) });
  if (to != null) rows.andWhere('row.placed_at < :to', { to: new Date(to) });
  const keys = [{ sql: 'row.sequence', kind: 'number' as const }];
  return { name: 'dayPassOrders', rows, order: { name: 'SEQUENCE', keys, direction: 'DESC' } };
}
