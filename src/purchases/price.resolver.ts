import { Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { pricesFrom } from './price.queries';
import { PriceType, toPrice } from './price.type';

@Resolver(() => PriceType)
export class PriceResolver {
  @Query(() => [PriceType], {
    nullable: true,
    description:
      "The prices of a day pass for the account's plan, in its currency: the prices that are valid now and future prices, by date and quantity. For all people of the account; an API key needs the scope wallet:read.",
  })
  async dayPassPrices(@Ctx() context: RequestContext): Promise<PriceType[]> {
    await context.permissions.require('prices:read');
    return (await pricesFrom(context.account.scope, await context.reads.accountNowMs())).map(
      toPrice,
    );
  }
}
