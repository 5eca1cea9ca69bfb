import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import { connectionTypeOf, PageArgs, type Connection } from '../api/connection';
import type { RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import { readPage } from '../api/read-page';
import { purchaseList } from './purchase.queries';
import { PurchaseType, requirePurchases, toPurchase } from './purchase.type';

const PurchaseConnection = connectionTypeOf(
  'DayPassPurchase',
  () => PurchaseType,
  'Purchases of day passes, newest first.',
);

@ArgsType()
class PurchasesArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Of one wallet; left out: of all.' })
  walletId?: string | null;
}

@Resolver()
export class PurchasesResolver {
  @Query(() => PurchaseConnection, {
    nullable: true,
    description:
      'All day passes that were ever bought, newest first. For account admins, with a running pass or without; a key needs billing:read, wallet:write or journal:read.',
  })
  async dayPassPurchases(
    @Args(() => PurchasesArgs) { walletId, ...page }: PurchasesArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<PurchaseType>> {
    await requirePurchases(context);
    const list = purchaseList(context.scope, rowIdOrNone('DayPassWallet', walletId));
    return readPage(context.scope, list, page, toPurchase);
  }
}
