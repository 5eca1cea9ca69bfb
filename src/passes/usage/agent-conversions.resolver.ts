import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { AgentType } from '../../agents/agent.type';
import { PageArgs, type Connection } from '../../api/connection';
import type { RequestContext } from '../../api/context';
import { readPage } from '../../api/read-page';
import { conversionList } from './conversion.queries';
import { ConversionConnection, ConversionType, toConversion } from './conversion.type';
import { DayPassActor, loadActor } from '../events/event.resolver';

/** The conversions of an agent. The agent itself was guarded before. */
@Resolver(() => AgentType)
export class AgentConversionsResolver {
  @FieldResolver(() => ConversionConnection, {
    nullable: true,
    description:
      'The conversions of this agent, newest first. They are kept as long as the audit trail. For the agent itself; for others, account admins with access to the agent portal, and API keys with the scope agents:read.',
  })
  async conversions(
    @Root() { rowId }: AgentType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ConversionType>> {
    if (!context.caller.isViewer(rowId)) await context.permissions.require('passes:read');
    return readPage(
      context.account.scope,
      conversionList(context.account.scope, rowId),
      page,
      toConversion,
    );
  }
}

@Resolver(() => ConversionType)
export class ConversionResolver {
  @FieldResolver(() => DayPassActor, {
    nullable: true,
    description:
      'The agent, API key or operator that converted the agent. Null for the service itself, and for an actor of a kind that only a newer release knows. Requires permission to read that agent or key.',
  })
  by(
    @Root() { row }: ConversionType,
    @Ctx() context: RequestContext,
  ): ReturnType<typeof loadActor> {
    const { actorKind: kind, actorId: id } = row;
    return loadActor(context, kind !== null && id !== null ? { kind, id } : null);
  }
}
