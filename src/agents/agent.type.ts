import { Field, ID, ObjectType } from 'type-graphql';
import { sections, type Section } from '../access/gate.rules';
import { connectionTypeOf } from '../api/connection';
import type { RequestContext } from '../api/context';
import { defineEnum } from '../api/enum';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar, TimeZoneScalar } from '../api/scalars';
import type { AgentRow } from '../db/tables/agent';

export const AgentTypeEnum = defineEnum('AgentType', 'How an agent is paid for.', {
  FULL_TIME: 'On a monthly licence; never consumes a day pass.',
  OCCASIONAL: 'Costs nothing until they come in: one day pass for each day they do.',
});

export const AgentStatusEnum = defineEnum('AgentStatus', 'Where an agent stands.', {
  INVITED: 'Was sent an activation link and has not used it.',
  ACTIVE: 'May sign in.',
  DEACTIVATED: 'May not come in.',
});

export const AgentRoleEnum = defineEnum('AgentRole', 'What an agent may administer.', {
  ACCOUNT_ADMIN: 'Administers the account: agents, wallets, purchases, settings.',
  AGENT: 'Works on tickets.',
});

export const SectionEnum = defineEnum<Section>(
  'Section',
  'The parts of the service desk that an agent may be allowed into.',
  {
    TICKETS: 'Tickets and their requesters.',
    PROBLEMS: 'Problems behind tickets.',
    CHANGES: 'Changes and their approval.',
    RELEASES: 'Releases.',
    ASSETS: 'Hardware, software and contracts.',
    SOLUTIONS: 'The knowledge base.',
    REPORTS: 'Reports and analytics.',
    ADMIN: 'The settings of the service desk.',
  },
);

@Guarded<AgentType>(requireOwnOrAgents)
@ObjectType('Agent', {
  implements: Node,
  description: 'A person of the service desk, full-time or occasional.',
})
export class AgentType implements Node {
  @Field(() => ID, { description: 'The opaque id of this agent.' })
  id!: string;

  @Field(() => String, { description: 'The name that people read.' })
  name!: string;

  @Field(() => String, {
    description:
      'The e-mail address, unique in the account: in lower case, an international domain as punycode.',
  })
  email!: string;

  @Field(() => AgentTypeEnum, { description: 'Full-time or occasional.' })
  type!: AgentRow['type'];

  @Field(() => AgentStatusEnum, { description: 'Invited, active or deactivated.' })
  status!: AgentRow['status'];

  @Field(() => AgentRoleEnum, { description: 'Whether the agent administers the account.' })
  role!: AgentRow['role'];

  @Field(() => TimeZoneScalar, { description: 'The zone whose midnight ends this agent’s passes.' })
  timeZone!: string;

  @Field(() => [SectionEnum], { description: 'The sections that this agent may use.' })
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
  'Agents of the account: by name, unless orderBy says otherwise.',
);

/** One's own agent is anyone's to read; others take an agent who is in. */
function requireOwnOrAgents(context: RequestContext, { rowId }: AgentType): Promise<void> | void {
  if (!context.isViewer(rowId)) return context.require('agents:read');
}
