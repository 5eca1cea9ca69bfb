import { Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { pricesFrom } from './price.queries';
import { PriceType, toPrice } from './price.type';

@Resolver(() => PriceType)
export class PriceResolver {
  @Query(() => [PriceType], {
    nullable: true,
    description:
      "What a pass costs by the account's plan, in its currency: the prices that are valid now and those to come, by date and quantity. For anyone of the account.",
  })
  async dayPassPrices(@Ctx() context: RequestContext): Promise<PriceType[]> {
    await context.require('prices:read');
    return (await pricesFrom(context.scope, await context.accountNowMs())).map(toPrice);
  }
}
