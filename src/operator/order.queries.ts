import type { DataSource } from 'typeorm';
import { formatMinor } from '../core/money';
import type { Order } from '../ledger/model/ledger';
import {
  openOf,
  overpaidOf,
  paymentOf,
  statusOf,
  type OrderStatus,
  type PaymentState,
} from '../ledger/model/order.rules';
import { orderRow } from '../ledger/rows/order';
import { OperatorRefusal } from './operator';

/** An order as the operator's lists show it; amounts are decimals. */
export interface OrderSummary {
  account: string;
  number: string;
  quantity: number;
  status: OrderStatus;
  payment: PaymentState;
  gross: string;
  received: string;
  outstanding: string;
  overpaid: string;
  currency: string;
  purchaseOrderNumber: string | null;
  placedAt: string;
}

/** The newest orders of an account, or of all accounts; `open`: only those that wait for money. */
export async function listOrders(
  source: DataSource,
  { account, open, limit }: { account: string | null; open: boolean; limit: number },
): Promise<OrderSummary[]> {
  const rows = await source.query<{ account: string; row: Order }[]>(
    `select account.slug as account, ${orderRow.json('o')} as row
     from orders o join accounts account on account.id = o.account_id
     where ($1::text is null or account.slug = $1) and (not $2 or o.open_minor > 0)
     order by o.placed_at desc, o.account_id, o.place desc limit $3`,
    [account, open, limit],
  );
  return rows.map(({ account: slug, row }) => summaryOf(slug, row));
}

/** The order with that number. Throws an OperatorRefusal if no account has it. */
export async function findOrder(
  source: DataSource,
  number: string,
): Promise<{ accountId: string; id: string; currency: string }> {
  // A number has the account's number in it, so one account is searched.
  const [, account, place] = /^O-(\d{1,9})-(\d{1,9})$/.exec(number.trim()) ?? [];
  const [row] = account
    ? await source.query<{ accountId: string; id: string; currency: string }[]>(
        `select o.account_id as "accountId", o.id, o.currency
         from accounts account join orders o on o.account_id = account.id
         where account.number = $1 and o.place = $2`,
        [Number(account), Number(place)],
      )
    : [];
  if (!row) throw new OperatorRefusal('number', `there is no order ${number}`);
  return row;
}

function summaryOf(account: string, row: Order): OrderSummary {
  const { currency } = row.unitPrice;
  const money = (minor: number) => formatMinor({ minor, currency });
  return {
    account,
    number: row.number,
    quantity: row.quantity,
    status: statusOf(row),
    payment: paymentOf(row),
    gross: money(row.grossMinor),
    received: money(row.receivedMinor - row.backMinor),
    outstanding: money(openOf(row)),
    overpaid: money(overpaidOf(row)),
    currency,
    purchaseOrderNumber: row.purchaseOrderNumber,
    placedAt: new Date(row.placedAtMs).toISOString(),
  };
}
