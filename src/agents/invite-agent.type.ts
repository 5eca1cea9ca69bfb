import { Field, InputType, ObjectType } from 'type-graphql';
import { sections, type Section } from '../access/gate.rules';
import { TimeZoneScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import type { AgentRow } from '../db/tables/agent';
import { AgentRoleEnum, AgentTypeEnum, SectionEnum } from './agent.type';

/** The sections of an invited agent if the input names none. */
export const sectionsByDefault = sections.filter((section) => section !== 'ADMIN');

@InputType({ description: 'The agent to invite.' })
export class InviteAgentInput {
  @Field(() => String, { description: 'The display name, 1 to 200 characters.' })
  name!: string;

  @Field(() => String, {
    description:
      'The e-mail address to send the activation link to: exactly one, in upper or lower case. An international domain may be given as Unicode or punycode.',
  })
  email!: string;

  @Field(() => AgentTypeEnum, { description: 'Full-time or occasional.' })
  type!: AgentRow['type'];

  @Field(() => AgentRoleEnum, {
    defaultValue: 'AGENT',
    description: 'Whether the agent administers the account.',
  })
  role!: AgentRow['role'];

  @Field(() => TimeZoneScalar, {
    description: "The agent's time zone. The agent's day passes end at midnight in this zone.",
  })
  timeZone!: string;

  @Field(() => [SectionEnum], {
    nullable: true,
    description: 'The sections that the agent may use. Default: all but ADMIN.',
  })
  sections?: Section[] | null;
}

@ObjectType({ description: 'The result of an invitation.' })
export class InviteAgentPayload {
  @Field(() => [UserError], userErrorsOf('EMAIL_TAKEN', 'VALIDATION_FAILED'))
  userErrors!: UserError[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the link is sent by mail. False if Account.emailNotificationsEnabled is false; null if the request was refused.',
  })
  mailSent!: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The link to hand over to the agent if no mail is sent. It works once, within seven days. Null if a mail is sent, if the request was refused, and for API keys.',
  })
  activationLink!: string | null;

  /** Null if it was refused. */
  agentRowId!: string | null;
}

@InputType({ description: 'The token of an activation link.' })
export class ActivateAgentInput {
  @Field(() => String, { description: 'The part of the mailed link after the character #.' })
  activationToken!: string;
}

@ObjectType({
  description:
    'The result of using an activation link. No account data can be read from here, because the caller is not signed in. A token that its agent has already used gets the same answer again.',
})
export class ActivateAgentPayload {
  @Field(() => String, {
    nullable: true,
    description: 'The e-mail address to sign in with; null if the request was refused.',
  })
  email!: string | null;

  @Field(() => [UserError], userErrorsOf('ACTIVATION_INVALID'))
  userErrors!: UserError[];
}
