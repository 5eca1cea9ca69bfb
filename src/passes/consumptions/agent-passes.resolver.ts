import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { AgentType } from '../../agents/agent.type';
import { PageArgs, type Connection } from '../../api/connection';
import type { RequestContext } from '../../api/context';
import { askGateOf } from '../gate/agent-gate';
import { readAgentPasses } from './agent-pages';
import { runningPassesByAgent } from './consumption.queries';
import { ConsumptionConnection, ConsumptionType, toConsumption } from './consumption.type';
import { GateArgs, gateQuestion } from '../gate/gate.args';
import { PortalAccess } from '../gate/portal-access.type';

/** The fields of an agent about its passes. The agent itself was guarded before. */
@Resolver(() => AgentType)
export class AgentPassesResolver {
  @FieldResolver(() => ConsumptionType, {
    nullable: true,
    description:
      'The pass that gives this agent access now; null if the agent has no active pass, and always null for a full-time agent. For the agent itself, account admins with access to the agent portal, and API keys with the scope agents:read.',
  })
  async activeDayPass(
    @Root() { rowId, type, status }: AgentType,
    @Ctx() context: RequestContext,
  ): Promise<ConsumptionType | null> {
    await requireOwnOrPasses(context, rowId);
    if (type !== 'OCCASIONAL' || status !== 'ACTIVE') return null;
    const pass = await context.reads.load(runningPassesByAgent, rowId);
    return pass && (await context.reads.accountNowMs()) < pass.expiresAtMs
      ? toConsumption(pass)
      : null;
  }

  @FieldResolver(() => ConsumptionConnection, {
    nullable: true,
    description:
      'The passes that this agent has consumed, newest first. For the agent itself, account admins with access to the agent portal, and API keys with the scope agents:read.',
  })
  async dayPassConsumptions(
    @Root() { rowId }: AgentType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ConsumptionType>> {
    await requireOwnOrPasses(context, rowId);
    return readAgentPasses(context, rowId, page);
  }

  @FieldResolver(() => PortalAccess, {
    nullable: true,
    description:
      'Whether this agent may enter the agent portal now. The answer never contains a confirmation: only viewer.portalAccess does. For the agent itself, account admins with access to the agent portal, and API keys with the scope agents:read.',
  })
  async portalAccess(
    @Root() agent: AgentType,
    @Args(() => GateArgs) args: GateArgs,
    @Ctx() context: RequestContext,
  ): Promise<PortalAccess> {
    await requireOwnOrPasses(context, agent.rowId);
    return askGateOf(context, agent, gateQuestion(args));
  }
}

/** An agent may read its own passes and gate; an admin or a partner may read those of others. */
async function requireOwnOrPasses(context: RequestContext, agentId: string): Promise<void> {
  if (agentId !== context.caller.viewer.agentId) await context.permissions.require('passes:read');
}
