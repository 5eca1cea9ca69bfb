import { Field, InputType, ObjectType } from 'type-graphql';
import { sections, type Section } from '../access/gate.rules';
import { TimeZoneScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import type { AgentRow } from '../db/tables/agent';
import { AgentRoleEnum, AgentTypeEnum, SectionEnum } from './agent.type';

/** What an agent may use who is invited without more being said. */
export const sectionsByDefault = sections.filter((section) => section !== 'ADMIN');

@InputType({ description: 'Who is to become an agent.' })
export class InviteAgentInput {
  @Field(() => String, { description: 'The name that people read, 1 to 200 characters.' })
  name!: string;

  @Field(() => String, {
    description:
      'Where the activation link is sent: one address, in any case; an international domain may be given as Unicode or punycode.',
  })
  email!: string;

  @Field(() => AgentTypeEnum, { description: 'Full-time or occasional.' })
  type!: AgentRow['type'];

  @Field(() => AgentRoleEnum, {
    defaultValue: 'AGENT',
    description: 'What the agent may administer.',
  })
  role!: AgentRow['role'];

  @Field(() => TimeZoneScalar, {
    description: 'The zone whose midnight will end this agent’s passes.',
  })
  timeZone!: string;

  @Field(() => [SectionEnum], {
    nullable: true,
    description: 'The sections that the agent may use; left out: all but ADMIN.',
  })
  sections?: Section[] | null;
}

@ObjectType({ description: 'What came of an invitation.' })
export class InviteAgentPayload {
  @Field(() => [UserError], userErrorsOf('EMAIL_TAKEN', 'VALIDATION_FAILED'))
  userErrors!: UserError[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether a mail with the link is sent. False if the account has emailNotificationsEnabled off; null if the invitation was refused.',
  })
  mailSent!: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The link to hand over to the agent if no mail is sent; it can be used once, for seven days. Null if a mail is sent, if the invitation was refused, and for API keys.',
  })
  activationLink!: string | null;

  /** Null where it was refused. */
  agentRowId!: string | null;
}

@InputType({ description: 'The token of an activation link.' })
export class ActivateAgentInput {
  @Field(() => String, { description: "What stands behind # in the mail's link." })
  activationToken!: string;
}

@ObjectType({
  description:
    'The caller is nobody yet, so no part of the graph is reachable from here. A token that its agent used already answers the same.',
})
export class ActivateAgentPayload {
  @Field(() => String, {
    nullable: true,
    description: 'The address to sign in with; null where it was refused.',
  })
  email!: string | null;

  @Field(() => [UserError], userErrorsOf('ACTIVATION_INVALID'))
  userErrors!: UserError[];
}
