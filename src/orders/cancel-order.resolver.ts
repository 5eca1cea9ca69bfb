import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import type { RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import { UserError, userErrorsOf } from '../api/user-error';
import { newId } from '../core/ids';
import { ordersById } from './order.queries';
import { OrderType, toOrder } from './order.type';

@InputType({ description: 'The order to cancel.' })
class CancelDayPassOrderInput {
  @Field(() => ID, { description: 'The id of the order.' })
  orderId!: string;
}

@ObjectType({ description: 'The result of canceling an order.' })
class CancelDayPassOrderPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'NOT_CANCELABLE'))
  userErrors!: UserError[];

  orderId!: string | null;
}

@Resolver(() => CancelDayPassOrderPayload)
export class CancelOrderResolver {
  @Mutation(() => CancelDayPassOrderPayload, {
    nullable: true,
    description:
      'Cancels an order that waits for its payment. Canceling it again has no effect. For account admins, with or without access to the agent portal; an API key needs the scope wallet:write.',
  })
  async cancelDayPassOrder(
    @Arg('input', () => CancelDayPassOrderInput, { description: 'The order.' })
    input: CancelDayPassOrderInput,
    @Ctx() context: RequestContext,
  ): Promise<CancelDayPassOrderPayload> {
    await context.permissions.require('passes:purchase');
    const outcome = await context.account.ledger.submit({
      kind: 'cancel-order',
      id: newId(),
      actor: context.caller.actor,
      audit: context.caller.attribution,
      orderId: rowIdOrNone('DayPassOrder', input.orderId),
    });
    if (outcome.status === 'refused') return { orderId: null, userErrors: [outcome] };
    return { orderId: outcome.result.orderId, userErrors: [] };
  }

  @FieldResolver(() => OrderType, {
    nullable: true,
    description: 'The order after the change; null if the request was refused.',
  })
  async order(
    @Root() { orderId }: CancelDayPassOrderPayload,
    @Ctx() context: RequestContext,
  ): Promise<OrderType | null> {
    return orderId === null ? null : toOrder(await context.reads.loadExisting(ordersById, orderId));
  }
}
