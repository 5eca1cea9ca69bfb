import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Section } from '../access/gate.rules';
import { TimeZoneScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import type { AgentRow } from '../db/tables/agent';
import type { RunningPass } from '../ledger/model/ledger';
import { AgentRoleEnum, AgentTypeEnum, SectionEnum } from './agent.type';

const whichAgent = 'The id of the agent.';

@InputType({ description: 'What to change on an agent. A field that is left out stays unchanged.' })
export class UpdateAgentInput {
  @Field(() => ID, { description: whichAgent })
  agentId!: string;

  @Field(() => String, { nullable: true, description: 'The display name, 1 to 200 characters.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The new e-mail address: exactly one. The old address can be used again. If the account has e-mail notifications on and the agent was activated before, the old address receives a mail about the change. Links to identity providers are removed, so the next person who signs in with the new address is this agent. The activation link of an agent who is INVITED stops working, and a new link is mailed to the new address if the account has e-mail notifications on. An API key cannot change the address of an account admin.',
  })
  email?: string | null;

  @Field(() => TimeZoneScalar, {
    nullable: true,
    description:
      "The agent's time zone. The new zone applies from the next pass on; an active pass keeps its end.",
  })
  timeZone?: string | null;

  @Field(() => AgentRoleEnum, {
    nullable: true,
    description: 'Whether the agent administers the account.',
  })
  role?: AgentRow['role'] | null;

  @Field(() => [SectionEnum], {
    nullable: true,
    description: 'All sections that the agent may use. The list replaces the present one.',
  })
  sections?: Section[] | null;
}

@InputType({ description: 'The agent to convert, and the new type.' })
export class ConvertAgentInput {
  @Field(() => ID, { description: whichAgent })
  agentId!: string;

  @Field(() => AgentTypeEnum, { description: 'The new type: full-time or occasional.' })
  type!: AgentRow['type'];
}

@InputType({
  description: "The agent to deactivate, and what to do with the agent's open tickets.",
})
export class DeactivateAgentInput {
  @Field(() => ID, { description: whichAgent })
  agentId!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: the agent's open tickets (OPEN or PENDING) are unassigned in the same transaction. If left out, they stay assigned.",
  })
  releaseOpenTickets?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The id of another agent, who must be ACTIVE: the agent's open tickets are assigned to that agent in the same transaction. Cannot be combined with releaseOpenTickets.",
  })
  reassignOpenTicketsTo?: string | null;
}

@InputType({ description: 'The invited agent to delete.' })
export class DeleteAgentInput {
  @Field(() => ID, { description: whichAgent })
  agentId!: string;
}

@ObjectType({ description: 'The result of deleting an agent.' })
export class DeleteAgentPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the deleted agent; null if the request was refused.',
  })
  deletedAgentId!: string | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'NOT_DELETABLE'))
  userErrors!: UserError[];
}

@InputType({ description: 'The agent to reactivate.' })
export class ReactivateAgentInput {
  @Field(() => ID, { description: whichAgent })
  agentId!: string;
}

/** The payload of every change of an agent; each says which rules may refuse it. */
export abstract class AgentPayload {
  /** Null if it was refused. */
  agentRowId!: string | null;
  runningPass!: RunningPass | null;
  abstract userErrors: UserError[];
}

@ObjectType({ description: 'The result of updating an agent.' })
export class UpdateAgentPayload extends AgentPayload {
  @Field(
    () => [UserError],
    userErrorsOf('NOT_FOUND', 'LAST_ADMIN', 'EMAIL_TAKEN', 'VALIDATION_FAILED'),
  )
  userErrors!: UserError[];
}

@ObjectType({ description: 'The result of converting an agent.' })
export class ConvertAgentPayload extends AgentPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'LAST_ADMIN'))
  userErrors!: UserError[];
}

@ObjectType({ description: 'The result of deactivating an agent.' })
export class DeactivateAgentPayload extends AgentPayload {
  @Field(() => Int, {
    nullable: true,
    description:
      'The number of open tickets (OPEN or PENDING) that the agent had. They were unassigned or reassigned if the input asked for it. If not, they are still assigned to the agent; send the request again with that input to move them. Null if the request was refused.',
  })
  openTicketCount!: number | null;

  @Field(
    () => [UserError],
    userErrorsOf('NOT_FOUND', 'LAST_ADMIN', 'AGENT_NOT_ACTIVE', 'VALIDATION_FAILED'),
  )
  userErrors!: UserError[];
}

@ObjectType({ description: 'The result of reactivating an agent.' })
export class ReactivateAgentPayload extends AgentPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'VALIDATION_FAILED'))
  userErrors!: UserError[];
}
