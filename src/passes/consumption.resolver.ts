import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { agentsById } from '../agents/agent.queries';
import { AgentType, toAgent } from '../agents/agent.type';
import type { RequestContext } from '../api/context';
import { walletsById } from '../wallets/wallet.queries';
import { toWallet, WalletType } from '../wallets/wallet.type';
import { ConsumptionType, DayPassStatus, statusOf } from './consumption.type';

@Resolver(() => ConsumptionType)
export class ConsumptionResolver {
  @FieldResolver(() => AgentType, { description: 'Who came in.' })
  async agent(
    @Root() { row }: ConsumptionType,
    @Ctx() context: RequestContext,
  ): Promise<AgentType> {
    return toAgent(await context.loadExisting(agentsById, row.agentId));
  }

  @FieldResolver(() => WalletType, { description: 'The wallet that the pass left.' })
  async wallet(
    @Root() { row }: ConsumptionType,
    @Ctx() context: RequestContext,
  ): Promise<WalletType> {
    return toWallet(await context.loadExisting(walletsById, row.walletId));
  }

  @FieldResolver(() => DayPassStatus, { description: 'Where the pass stands now.' })
  async status(
    @Root() { row }: ConsumptionType,
    @Ctx() context: RequestContext,
  ): Promise<keyof typeof DayPassStatus> {
    return statusOf(row, await context.accountNowMs());
  }
}
