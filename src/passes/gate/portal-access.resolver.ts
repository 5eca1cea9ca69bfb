import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../api/context';
import { findWallet } from '../../wallets/find-wallet';
import { WalletType } from '../../wallets/wallet.type';
import { consumptionsById } from '../consumptions/consumption.queries';
import { ConsumptionType, toConsumption } from '../consumptions/consumption.type';
import { DayPassRequired, PortalAccessGranted } from './portal-access.type';

@Resolver(() => PortalAccessGranted)
export class PortalAccessGrantedResolver {
  @FieldResolver(() => ConsumptionType, {
    nullable: true,
    description: 'The pass that gives the agent access; null for a full-time agent.',
  })
  async dayPass(
    @Root() { consumptionId }: PortalAccessGranted,
    @Ctx() context: RequestContext,
  ): Promise<ConsumptionType | null> {
    if (consumptionId === null) return null;
    return toConsumption(await context.reads.loadExisting(consumptionsById, consumptionId));
  }
}

@Resolver(() => DayPassRequired)
export class DayPassRequiredResolver {
  @FieldResolver(() => WalletType, { description: 'The wallet that the pass would come from.' })
  async wallet(
    @Root() { walletId }: DayPassRequired,
    @Ctx() context: RequestContext,
  ): Promise<WalletType> {
    return findWallet(context, walletId);
  }
}
