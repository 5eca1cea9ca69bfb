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
  'A page of a list of purchases, newest first.',
);

@ArgsType()
class PurchasesArgs extends PageArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'Only purchases for this wallet, by its id. Default: purchases for all wallets.',
  })
  walletId?: string | null;
}

@Resolver()
export class PurchasesResolver {
  @Query(() => PurchaseConnection, {
    nullable: true,
    description:
      'All purchases of day passes, newest first. For account admins, with or without access to the agent portal; an API key needs the scope billing:read, wallet:write or journal:read.',
  })
  async dayPassPurchases(
    @Args(() => PurchasesArgs) { walletId, ...page }: PurchasesArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<PurchaseType>> {
    await requirePurchases(context);
    const list = purchaseList(context.account.scope, rowIdOrNone('DayPassWallet', walletId));
    return readPage(context.account.scope, list, page, toPurchase);
  }
}
