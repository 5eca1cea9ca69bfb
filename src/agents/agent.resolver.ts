import { Arg, Args, ArgsType, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import { PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { defineEnum } from '../api/enum';
import { requireOneOf } from '../api/filter.rules';
import { rowIdOrNone } from '../api/node';
import { OrderDirection } from '../api/order';
import { readPage } from '../api/read-page';
import { agentByEmail, agentList, agentsById, type agentOrders } from './agent.queries';
import {
  AgentConnection,
  AgentRoleEnum,
  AgentStatusEnum,
  AgentType,
  AgentTypeEnum,
  toAgent,
} from './agent.type';

const AgentOrderField = defineEnum<keyof typeof agentOrders>(
  'AgentOrderField',
  'The field by which a list of agents is ordered.',
  { NAME: 'The name, ignoring upper and lower case.', CREATED_AT: 'When the agent was added.' },
);

@InputType({ description: 'How to order a list of agents.' })
class AgentOrder {
  @Field(() => AgentOrderField, { description: 'The field to order by.' })
  field!: keyof typeof AgentOrderField;

  @Field(() => OrderDirection, { description: 'Ascending or descending.' })
  direction!: OrderDirection;
}

@InputType({
  description:
    'Filters for agents. An agent must match each filter that is given. Null is the same as not given.',
})
class AgentFilter {
  @Field(() => AgentTypeEnum, { nullable: true, description: 'Only agents of this type.' })
  type?: AgentType['type'] | null;

  @Field(() => AgentStatusEnum, { nullable: true, description: 'Only agents with this status.' })
  status?: AgentType['status'] | null;

  @Field(() => AgentRoleEnum, { nullable: true, description: 'Only agents with this role.' })
  role?: AgentType['role'] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Only agents whose name or e-mail address contains this text, ignoring upper and lower case; at most 200 characters.',
  })
  search?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only agents with an active day pass. False: only agents without one.',
  })
  hasActiveDayPass?: boolean | null;
}

@ArgsType()
class AgentsArgs extends PageArgs {
  @Field(() => AgentFilter, { nullable: true, description: 'Which agents to list. Default: all.' })
  filter?: AgentFilter | null;

  @Field(() => AgentOrder, {
    nullable: true,
    description: 'How to order the list. Default: by name.',
  })
  orderBy?: AgentOrder | null;
}

@Resolver(() => AgentType)
export class AgentResolver {
  @Query(() => AgentConnection, {
    nullable: true,
    description:
      'The agents of the account: by name, unless orderBy is given. For agents with access to the agent portal; an API key needs the scope agents:read.',
  })
  async agents(
    @Args(() => AgentsArgs) { filter, orderBy, ...page }: AgentsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<AgentType>> {
    await context.permissions.require('agents:read');
    const list = agentList(context.account.scope, {
      filter: filter ?? {},
      orderBy: orderBy ?? { field: 'NAME', direction: 'ASC' },
      nowMs: await context.reads.accountNowMs(),
    });
    return readPage(context.account.scope, list, page, toAgent);
  }

  @Query(() => AgentType, {
    nullable: true,
    description:
      'One agent, by its id or its e-mail address: give exactly one of them. Null if the account has no such agent. Agents may always read themselves; to read another agent, a person needs access to the agent portal, and an API key the scope agents:read.',
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
    const row = await agentByEmail(context.account.scope, email!);
    if (!row || !context.caller.isViewer(row.id)) await context.permissions.require('agents:read');
    return row && toAgent(row);
  }
}

/** The caller's own agent, or any agent for callers who may read agents. */
export const loadAgentNode: NodeLoader = async (context, rowId) => {
  if (!context.caller.isViewer(rowId)) await context.permissions.require('agents:read');
  const row = await context.reads.load(agentsById, rowId);
  return row && toAgent(row);
};
