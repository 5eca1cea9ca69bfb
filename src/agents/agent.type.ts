import { Field, ID, ObjectType } from 'type-graphql';
import { sections, type Section } from '../access/gate.rules';
import { connectionTypeOf } from '../api/connection';
import type { RequestContext } from '../api/context';
import { defineEnum } from '../api/enum';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar, TimeZoneScalar } from '../api/scalars';
import type { AgentRow } from '../db/tables/agent';

export const AgentTypeEnum = defineEnum('AgentType', 'How the account pays for an agent.', {
  FULL_TIME: 'The agent has a monthly licence and never consumes day passes.',
  OCCASIONAL:
    'The agent costs nothing until the agent enters the agent portal, and then one day pass for each day of use.',
});

export const AgentStatusEnum = defineEnum('AgentStatus', 'Whether an agent may sign in.', {
  INVITED: 'The agent was invited and has not used the activation link yet.',
  ACTIVE: 'The agent may sign in.',
  DEACTIVATED: 'The agent may not sign in.',
});

export const AgentRoleEnum = defineEnum('AgentRole', 'Whether an agent administers the account.', {
  ACCOUNT_ADMIN: 'Administers the account: agents, wallets, purchases and settings.',
  AGENT: 'Does not administer the account.',
});

export const SectionEnum = defineEnum<Section>(
  'Section',
  'The parts of the service desk that an agent may be permitted to use.',
  {
    TICKETS: 'Tickets and their requesters.',
    PROBLEMS: 'Problems: the causes behind tickets.',
    CHANGES: 'Changes and their approval.',
    RELEASES: 'Releases of software and hardware.',
    ASSETS: 'Hardware, software and contracts.',
    SOLUTIONS: 'The knowledge base.',
    REPORTS: 'Reports and analytics.',
    ADMIN: 'The settings of the service desk.',
  },
);

@Guarded<AgentType>(requireOwnOrAgents)
@ObjectType('Agent', {
  implements: Node,
  description:
    'A person who works at the service desk, full-time or occasionally. Agents may read themselves; to read another agent, a person needs access to the agent portal, and an API key the scope agents:read.',
})
export class AgentType implements Node {
  @Field(() => ID, { description: 'The opaque id of this agent.' })
  id!: string;

  @Field(() => String, { description: 'The display name.' })
  name!: string;

  @Field(() => String, {
    description:
      'The e-mail address, unique in the account. In lower case; an international domain is in punycode.',
  })
  email!: string;

  @Field(() => AgentTypeEnum, { description: 'Full-time or occasional.' })
  type!: AgentRow['type'];

  @Field(() => AgentStatusEnum, { description: 'Invited, active or deactivated.' })
  status!: AgentRow['status'];

  @Field(() => AgentRoleEnum, { description: 'Whether the agent administers the account.' })
  role!: AgentRow['role'];

  @Field(() => TimeZoneScalar, {
    description: "The agent's time zone. The agent's day passes end at midnight in this zone.",
  })
  timeZone!: string;

  @Field(() => [SectionEnum], {
    description: 'The sections of the service desk that the agent may use.',
  })
  sections!: Section[];

  @Field(() => DateTimeScalar, { description: 'When the agent was added.' })
  createdAt!: Date;

  /** The row's id: what field resolvers of later features look up by. */
  rowId!: string;
}

export function toAgent(row: AgentRow): AgentType {
  const { name, email, type, status, role, timeZone, createdAt } = row;
  return Object.assign(new AgentType(), {
    id: nodeId('Agent', row.id),
    rowId: row.id,
    name,
    email,
    type,
    status,
    role,
    timeZone,
    sections: sections.filter((section) => row.sections.includes(section)),
    createdAt,
  });
}

export const AgentConnection = connectionTypeOf(
  'Agent',
  () => AgentType,
  'A page of a list of agents: by name, unless orderBy is given.',
);

/** The caller's own agent needs no permission; others need an agent with access. */
function requireOwnOrAgents(context: RequestContext, { rowId }: AgentType): Promise<void> | void {
  if (!context.caller.isViewer(rowId)) return context.permissions.require('agents:read');
}
