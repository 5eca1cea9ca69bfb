import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { Guarded } from '../api/guard';
import { MoneyType, toMoney } from '../api/money.type';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import type { PurchaseRow } from '../db/tables/purchase';
import { mayReadPurchases } from './may-read-purchases';

@Guarded<PurchaseType>(requirePurchases)
@ObjectType('DayPassPurchase', {
  implements: Node,
  description:
    'A purchase of day passes. For account admins, with or without access to the agent portal; an API key needs the scope billing:read, wallet:write or journal:read.',
})
export class PurchaseType implements Node {
  @Field(() => ID, { description: 'The opaque id of this purchase.' })
  id!: string;

  @Field(() => Int, { description: 'The number of passes.' })
  quantity!: number;

  @Field(() => MoneyType, {
    description: 'The price of one pass at the time of the purchase, without tax.',
  })
  unitPrice!: MoneyType;

  @Field(() => MoneyType, { description: 'The price of all passes of the purchase, without tax.' })
  total!: MoneyType;

  @Field(() => DateTimeScalar, {
    description: "When the passes were bought, by the account's clock.",
  })
  purchasedAt!: Date;

  row!: PurchaseRow;
}

export function toPurchase(row: PurchaseRow): PurchaseType {
  const { quantity, currency, purchasedAt } = row;
  return {
    id: nodeId('DayPassPurchase', row.id),
    quantity,
    unitPrice: toMoney({ minor: row.unitPriceMinor, currency }),
    total: toMoney({ minor: row.totalMinor, currency }),
    purchasedAt,
    row,
  };
}

export async function requirePurchases(context: RequestContext): Promise<void> {
  if (!(await mayReadPurchases(context))) await context.permissions.require('journal:read');
}
