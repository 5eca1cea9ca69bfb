import { Ctx, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../../api/context';
import { purchasesById } from '../../../purchases/purchase.queries';
import { PurchaseType, toPurchase } from '../../../purchases/purchase.type';
import { DayPassEvent } from '../event.type';

@ObjectType({
  implements: DayPassEvent,
  description: 'Passes were bought and added to the wallet.',
})
export class DayPassesPurchased extends DayPassEvent {}

@Resolver(() => DayPassesPurchased)
export class PurchasedResolver {
  @FieldResolver(() => PurchaseType, { description: 'The purchase that this entry recorded.' })
  async purchase(
    @Root() { entry }: DayPassesPurchased,
    @Ctx() context: RequestContext,
  ): Promise<PurchaseType> {
    const id = String(entry.payload.purchaseId);
    return toPurchase(await context.reads.loadExisting(purchasesById, id));
  }
}
