import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ConvertAgentPayload } from '../../agents/change-agent.type';
import type { RequestContext } from '../../api/context';
import { consumptionsById } from '../consumptions/consumption.queries';
import { ConsumptionType, toConsumption } from '../consumptions/consumption.type';

@Resolver(() => ConvertAgentPayload)
export class ConvertedAgentResolver {
  @FieldResolver(() => ConsumptionType, {
    nullable: true,
    description:
      "The agent's active pass; null if the agent has none. It stays valid until its end and is not given back.",
  })
  async runningDayPass(
    @Root() { runningPass }: ConvertAgentPayload,
    @Ctx() context: RequestContext,
  ): Promise<ConsumptionType | null> {
    if (!runningPass) return null;
    return toConsumption(
      await context.reads.loadExisting(consumptionsById, runningPass.consumptionId),
    );
  }
}
