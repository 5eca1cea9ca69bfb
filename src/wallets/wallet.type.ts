import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Lazy } from '../api/connection';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import type { WalletRow } from '../db/tables/wallet';
import { encodeCursor } from '../journal/cursor';

@Guarded<WalletType>((context) => context.require('wallet:read'))
@ObjectType('DayPassWallet', {
  implements: Node,
  description: 'Holds the day passes of an account, or of one client of it, that are not used yet.',
})
export class WalletType implements Node {
  @Field(() => ID, { description: 'The opaque id of this wallet.' })
  id!: string;

  @Field(() => String, { description: 'The name that people read.' })
  name!: string;

  @Field(() => Int, {
    description: 'Passes that can be consumed now. Negative only within emergencyAllowance.',
  })
  balance!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Alerts are sent once when the balance falls to this number, and again only after it has risen above it.',
  })
  lowBalanceThreshold!: number | null;

  @Field(() => Int, {
    description: 'Passes that may be consumed below zero, each marked as an emergency.',
  })
  emergencyAllowance!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Set while nothing may be consumed from it.',
  })
  frozenAt!: Date | null;

  @Field(() => String, {
    description:
      "Where this wallet stands in the account's journal, never newer than the balance beside it: pass it as `after` to resume a stream from here.",
  })
  cursor!: Lazy<string>;

  rowId!: string;
  clientId!: string | null;
}

export function toWallet(row: WalletRow): WalletType {
  const { accountId, lastSequence: sequence, lastHash } = row;
  return Object.assign(new WalletType(), {
    id: nodeId('DayPassWallet', row.id),
    rowId: row.id,
    name: row.name,
    clientId: row.clientId,
    balance: row.balance,
    lowBalanceThreshold: row.lowBalanceThreshold,
    emergencyAllowance: row.emergencyAllowance,
    frozenAt: row.frozenAt,
    cursor: () => encodeCursor({ accountId, sequence, hash: lastHash.toString('hex') }),
  });
}
