import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Section } from '../access/gate.rules';
import { TimeZoneScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import type { AgentRow } from '../db/tables/agent';
import type { RunningPass } from '../ledger/model/ledger';
import { AgentRoleEnum, AgentTypeEnum, SectionEnum } from './agent.type';

const whichAgent = 'The agent, by its id.';

@InputType({ description: 'What to change of an agent; what is left out stays.' })
export class UpdateAgentInput {
  @Field(() => ID, { description: whichAgent })
  agentId!: string;

  @Field(() => String, { nullable: true, description: 'The name that people read, 1 to 200.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The new e-mail address, exactly one. The old address is free again and receives a mail; identity providers are unlinked, so the next person who signs in with the new address is this agent. An agent who is INVITED gets a new link at the new address, and the old link ends. A key cannot change that of an account admin.',
  })
  email?: string | null;

  @Field(() => TimeZoneScalar, {
    nullable: true,
    description: 'The new zone counts from the next consumption; a running pass keeps its end.',
  })
  timeZone?: string | null;

  @Field(() => AgentRoleEnum, { nullable: true, description: 'What the agent may administer.' })
  role?: AgentRow['role'] | null;

  @Field(() => [SectionEnum], {
    nullable: true,
    description: 'All the sections, not the new ones.',
  })
  sections?: Section[] | null;
}

@InputType({ description: 'From full-time to occasional, or back.' })
export class ConvertAgentInput {
  @Field(() => ID, { description: whichAgent })
  agentId!: string;

  @Field(() => AgentTypeEnum, { description: 'What the agent is from now on.' })
  type!: AgentRow['type'];
}

@InputType({ description: 'An agent who may come in no more.' })
export class DeactivateAgentInput {
  @Field(() => ID, { description: whichAgent })
  agentId!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: the agent's open tickets (OPEN or PENDING) are unassigned in the same act. Left out: they stay assigned.",
  })
  releaseOpenTickets?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The agent, who must be ACTIVE, to whom the agent's open tickets are reassigned in the same act. Not together with releaseOpenTickets.",
  })
  reassignOpenTicketsTo?: string | null;
}

@InputType({ description: 'An invited agent who is to be deleted.' })
export class DeleteAgentInput {
  @Field(() => ID, { description: whichAgent })
  agentId!: string;
}

@ObjectType({ description: 'What came of deleting an agent.' })
export class DeleteAgentPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The id that the agent had; null if it was refused.',
  })
  deletedAgentId!: string | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'NOT_DELETABLE'))
  userErrors!: UserError[];
}

@InputType({ description: 'An agent who may come in again.' })
export class ReactivateAgentInput {
  @Field(() => ID, { description: whichAgent })
  agentId!: string;
}

/** What every change of an agent answers; each says which rules it may break. */
export abstract class AgentPayload {
  /** Null where it was refused. */
  agentRowId!: string | null;
  runningPass!: RunningPass | null;
  abstract userErrors: UserError[];
}

@ObjectType({ description: 'What came of updating an agent.' })
export class UpdateAgentPayload extends AgentPayload {
  @Field(
    () => [UserError],
    userErrorsOf('NOT_FOUND', 'LAST_ADMIN', 'EMAIL_TAKEN', 'VALIDATION_FAILED'),
  )
  userErrors!: UserError[];
}

@ObjectType({ description: 'What came of converting an agent.' })
export class ConvertAgentPayload extends AgentPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'LAST_ADMIN'))
  userErrors!: UserError[];
}

@ObjectType({ description: 'What came of deactivating an agent.' })
export class DeactivateAgentPayload extends AgentPayload {
  @Field(() => Int, {
    nullable: true,
    description:
      'How many open tickets (OPEN or PENDING) the agent had. They were unassigned or reassigned if the input says so; otherwise they still name the agent, and the same call with that input moves them. Null if it was refused.',
  })
  openTicketCount!: number | null;

  @Field(
    () => [UserError],
    userErrorsOf('NOT_FOUND', 'LAST_ADMIN', 'AGENT_NOT_ACTIVE', 'VALIDATION_FAILED'),
  )
  userErrors!: UserError[];
}

@ObjectType({ description: 'What came of reactivating an agent.' })
export class ReactivateAgentPayload extends AgentPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'VALIDATION_FAILED'))
  userErrors!: UserError[];
}
