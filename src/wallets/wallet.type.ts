import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Lazy } from '../api/connection';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import { encodeCursor } from '../journal/cursor';
import { thresholdsOf } from '../ledger/model/threshold.rules';
import type { WalletOfAccount } from './wallet.queries';

@Guarded<WalletType>((context) => context.permissions.require('wallet:read'))
@ObjectType('DayPassWallet', {
  implements: Node,
  description:
    'A wallet: the unused day passes of an account, or of one of its clients. For active agents, with or without access to the agent portal; an API key needs the scope wallet:read.',
})
export class WalletType implements Node {
  @Field(() => ID, { description: 'The opaque id of this wallet.' })
  id!: string;

  @Field(() => String, { description: 'The display name.' })
  name!: string;

  @Field(() => Int, {
    description:
      'The number of passes that can be consumed now. Negative only within emergencyAllowance.',
  })
  balance!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'The highest of alertThresholds. An alert is sent once when the balance falls to this number, and again only after the balance has risen above it. Null: no alert.',
  })
  lowBalanceThreshold!: number | null;

  @Field(() => [Int], {
    description:
      'The numbers at which an alert is sent, highest first; at most five. For each of them the alert is sent once when the balance falls to it, and again only after the balance has risen above it.',
  })
  alertThresholds!: readonly number[];

  @Field(() => Int, {
    description:
      'How many passes may be consumed below a balance of zero. Each of them is marked as an emergency.',
  })
  emergencyAllowance!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the wallet was frozen; null if it is not frozen. No pass can be consumed from a frozen wallet.',
  })
  frozenAt!: number | null;

  @Field(() => String, {
    description:
      "The place of this wallet's balance in the journal. It is never newer than the balance in the same response: pass it as `after` to continue a stream from here.",
  })
  cursor!: Lazy<string>;

  rowId!: string;
  clientId!: string | null;
}

export function toWallet(row: WalletOfAccount): WalletType {
  const { accountId, lastSequence: sequence, lastHash } = row;
  return Object.assign(new WalletType(), {
    id: nodeId('DayPassWallet', row.id),
    rowId: row.id,
    name: row.name,
    clientId: row.clientId,
    balance: row.balance,
    lowBalanceThreshold: row.lowBalanceThreshold,
    alertThresholds: thresholdsOf(row),
    emergencyAllowance: row.emergencyAllowance,
    frozenAt: row.frozenAtMs,
    cursor: () => encodeCursor({ accountId, sequence, hash: lastHash }),
  });
}
