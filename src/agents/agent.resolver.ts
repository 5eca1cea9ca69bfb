import { Arg, Args, ArgsType, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import { PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { defineEnum } from '../api/enum';
import { requireOneOf } from '../api/filter.rules';
import { rowIdOrNone } from '../api/node';
import { OrderDirection } from '../api/order';
import { readPage } from '../api/read-page';
import { agentByEmail, agentList, agentsById, type agentOrders } from './agent.queries';
import { AgentConnection, AgentStatusEnum, AgentType, AgentTypeEnum, toAgent } from './agent.type';

const AgentOrderField = defineEnum<keyof typeof agentOrders>(
  'AgentOrderField',
  'What agents are ordered by.',
  { NAME: 'The name, upper and lower case alike.', CREATED_AT: 'When the agent was added.' },
);

@InputType({ description: 'The order of a list of agents.' })
class AgentOrder {
  @Field(() => AgentOrderField, { description: 'What to order by.' })
  field!: keyof typeof AgentOrderField;

  @Field(() => OrderDirection, { description: 'Which way.' })
  direction!: OrderDirection;
}

@InputType({ description: 'Each given filter must hold; null is the same as not given.' })
class AgentFilter {
  @Field(() => AgentTypeEnum, { nullable: true, description: 'Full-time or occasional ones only.' })
  type?: AgentType['type'] | null;

  @Field(() => AgentStatusEnum, { nullable: true, description: 'Those of one status only.' })
  status?: AgentType['status'] | null;

  @Field(() => String, {
    nullable: true,
    description: 'A part of the name or the e-mail address, in any case; 200 characters at most.',
  })
  search?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a day pass lets the agent in right now.',
  })
  hasActiveDayPass?: boolean | null;
}

@ArgsType()
class AgentsArgs extends PageArgs {
  @Field(() => AgentFilter, { nullable: true, description: 'Which agents; left out: all.' })
  filter?: AgentFilter | null;

  @Field(() => AgentOrder, { nullable: true, description: 'Left out: by name.' })
  orderBy?: AgentOrder | null;
}

@Resolver(() => AgentType)
export class AgentResolver {
  @Query(() => AgentConnection, {
    nullable: true,
    description:
      'The agents of the account, for agents who are in: by name, unless orderBy says otherwise.',
  })
  async agents(
    @Args(() => AgentsArgs) { filter, orderBy, ...page }: AgentsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<AgentType>> {
    await context.require('agents:read');
    const list = agentList(context.scope, {
      filter: filter ?? {},
      orderBy: orderBy ?? { field: 'NAME', direction: 'ASC' },
      nowMs: await context.accountNowMs(),
    });
    return readPage(context.scope, list, page, toAgent);
  }

  @Query(() => AgentType, {
    nullable: true,
    description: 'By id or by e-mail address, exactly one of them.',
  })
  async agent(
    @Arg('id', () => ID, { nullable: true, description: "The agent's id." })
    id: string | null,
    @Arg('email', () => String, { nullable: true, description: "The agent's e-mail address." })
    email: string | null,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    requireOneOf('id and email', id, email);
    if (id != null) return loadAgentNode(context, rowIdOrNone('Agent', id));
    const row = await agentByEmail(context.scope, email!);
    if (!row || !context.isViewer(row.id)) await context.require('agents:read');
    return row && toAgent(row);
  }
}

/** One's own agent, or any to whoever may read agents. */
export const loadAgentNode: NodeLoader = async (context, rowId) => {
  if (!context.isViewer(rowId)) await context.require('agents:read');
  const row = await context.load(agentsById, rowId);
  return row && toAgent(row);
};
