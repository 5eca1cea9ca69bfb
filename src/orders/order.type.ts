import { Field, ID, Int, ObjectType } from 'type-graphql';
import { PaymentMethodEnum, type PaymentMethodKind } from '../accounts/billing.type';
import type { RequestContext } from '../api/context';
import { defineEnum } from '../api/enum';
import { Guarded } from '../api/guard';
import { MoneyType, toMoney } from '../api/money.type';
import { Node, nodeId } from '../api/node';
import { DateScalar, DateTimeScalar } from '../api/scalars';
import { formatRate } from '../ledger/books/tax.rules';
import type { Order, PaymentAttempt } from '../ledger/model/ledger';
import {
  lapsesAtOf,
  openOf,
  overpaidOf,
  paymentOf,
  statusOf,
  type OrderStatus,
  type PaymentState,
} from '../ledger/model/order.rules';
import { TaxLineType } from '../purchases/quote.type';

export const OrderStatusEnum = defineEnum<OrderStatus>(
  'DayPassOrderStatus',
  'What happened to the passes of an order. What happened to its money is in `payment`.',
  {
    PLACED: 'The passes are not in the wallet yet: the order waits for its payment.',
    CREDITED: 'The passes are in the wallet, and something is still to be paid.',
    CANCELED: 'The order was given up before its passes came.',
    CLOSED: 'The passes are in the wallet, and nothing is left to pay.',
  },
);

export const PaymentStateEnum = defineEnum<PaymentState>(
  'PaymentState',
  'What happened to the money of an order. Values will be added.',
  {
    NONE: 'Nothing is to be paid: the order was canceled or costs nothing.',
    OPEN: 'Something is still to be paid.',
    PAID: 'Nothing is left to pay.',
  },
);

export type OrderSource = 'ADMIN';

/** Recharges and orders of the operator follow. */
export const OrderSourceEnum = defineEnum<OrderSource>(
  'DayPassOrderSource',
  'What placed an order. Values will be added.',
  { ADMIN: 'An account admin, or an API key of the account.' },
);

@ObjectType('DayPassPayment', { description: 'A payment that the operator recorded for an order.' })
export class PaymentType {
  @Field(() => String, { description: 'The reference of the bank transfer.' })
  reference!: string;

  @Field(() => MoneyType, { description: 'What was received.' })
  received!: MoneyType;

  @Field(() => MoneyType, {
    description: 'What was taken back of it: all of it if it was recorded by mistake.',
  })
  returned!: MoneyType;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The date of the payment; null if it is not known.',
  })
  receivedOn!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was recorded.' })
  recordedAt!: number;
}

@Guarded(requireOrders)
@ObjectType('DayPassOrder', {
  implements: Node,
  description:
    'An order of day passes on the terms of a BILLED account. For account admins, with or without access to the agent portal; an API key needs the scope billing:read or wallet:write.',
})
export class OrderType implements Node {
  @Field(() => ID, { description: 'The opaque id of this order.' })
  id!: string;

  @Field(() => String, {
    description: 'The number, e.g. "O-1001-7". The numbers of an account have no gaps.',
  })
  number!: string;

  @Field(() => Int, { description: 'The number of passes.' })
  quantity!: number;

  @Field(() => MoneyType, { description: 'The price of one pass, without tax.' })
  unitPrice!: MoneyType;

  @Field(() => MoneyType, { description: 'The price of all passes, without tax.' })
  net!: MoneyType;

  @Field(() => [TaxLineType], { description: 'The taxes; empty if tax is not included.' })
  taxes!: TaxLineType[];

  @Field(() => MoneyType, { description: 'The price of all passes with the taxes.' })
  gross!: MoneyType;

  @Field(() => OrderSourceEnum, { description: 'What placed the order.' })
  source!: OrderSource;

  @Field(() => PaymentMethodEnum, { description: 'How the order is paid.' })
  method!: PaymentMethodKind;

  @Field(() => String, {
    nullable: true,
    description: "The buyer's purchase order number; null if none was given.",
  })
  purchaseOrderNumber!: string | null;

  @Field(() => OrderStatusEnum, { description: 'What happened to the passes.' })
  status!: OrderStatus;

  @Field(() => PaymentStateEnum, { description: 'What happened to the money.' })
  payment!: PaymentState;

  @Field(() => Boolean, {
    description:
      'Whether the passes come with the order. If false, they come when the order is paid.',
  })
  creditedFirst!: boolean;

  @Field(() => Int, { description: 'Days from the invoice until it is due.' })
  termsDays!: number;

  @Field(() => MoneyType, { description: 'The sum of all payments.' })
  received!: MoneyType;

  @Field(() => MoneyType, { description: 'What was taken back of the payments.' })
  returned!: MoneyType;

  @Field(() => MoneyType, { description: 'The sum of all credit notes, with tax.' })
  creditNotes!: MoneyType;

  @Field(() => MoneyType, {
    description:
      'What is still to be paid: the gross less credit notes and payments. Never negative; zero for a canceled order.',
  })
  outstanding!: MoneyType;

  @Field(() => MoneyType, {
    description:
      'What was paid beyond what was to be paid. It is your money: the operator pays it back or sets it off.',
  })
  overpaid!: MoneyType;

  @Field(() => DateTimeScalar, { description: 'When it was placed.' })
  placedAt!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Seven days after it was placed: when it is canceled if it has no payment. Null if it does not wait for one.',
  })
  lapsesAt!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the passes came into the wallet; null if they have not come.',
  })
  creditedAt!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When a payment first left nothing to pay; null if none has.',
  })
  paidAt!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was canceled; null if it was not.',
  })
  canceledAt!: number | null;

  row!: Order;
}

export function toOrder(row: Order): OrderType {
  const { currency } = row.unitPrice;
  const money = (minor: number) => toMoney({ minor, currency });
  return {
    id: nodeId('DayPassOrder', row.id),
    number: row.number,
    quantity: row.quantity,
    unitPrice: toMoney(row.unitPrice),
    net: money(row.netMinor),
    taxes: row.tax ? [taxLineOf(row.tax, row)] : [],
    gross: money(row.grossMinor),
    source: 'ADMIN',
    method: 'TERMS',
    purchaseOrderNumber: row.purchaseOrderNumber,
    status: statusOf(row),
    payment: paymentOf(row),
    creditedFirst: row.creditFirst,
    termsDays: row.termsDays,
    received: money(row.receivedMinor),
    returned: money(row.backMinor),
    creditNotes: money(row.notesMinor),
    outstanding: money(openOf(row)),
    overpaid: money(overpaidOf(row)),
    placedAt: row.placedAtMs,
    lapsesAt: lapsesAtOf(row),
    creditedAt: row.creditedAtMs,
    paidAt: row.paidAtMs,
    canceledAt: row.canceledAtMs,
    row,
  };
}

export function toPayment(row: PaymentAttempt, currency: string): PaymentType {
  const { reference, receivedMinor, refundedMinor, withdrawnMinor, reinstatedMinor } = row;
  const backMinor = Math.max(0, refundedMinor + withdrawnMinor - reinstatedMinor);
  return {
    reference,
    received: toMoney({ minor: receivedMinor, currency }),
    returned: toMoney({ minor: backMinor, currency }),
    receivedOn: row.receivedOn,
    recordedAt: row.recordedAtMs,
  };
}

function taxLineOf(
  { category, basisPoints, amountMinor, note }: NonNullable<Order['tax']>,
  { netMinor, unitPrice: { currency } }: Order,
): TaxLineType {
  return {
    category,
    rate: formatRate(basisPoints),
    base: toMoney({ minor: netMinor, currency }),
    amount: toMoney({ minor: amountMinor, currency }),
    note,
  };
}

/** For bookkeeping and for buying: either permission is enough. */
export async function mayReadOrders({ permissions }: RequestContext): Promise<boolean> {
  return (await permissions.has('billing:read')) || permissions.has('passes:purchase');
}

export async function requireOrders(context: RequestContext): Promise<void> {
  if (!(await mayReadOrders(context))) await context.permissions.require('billing:read');
}
