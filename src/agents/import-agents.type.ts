import { Field, InputType, ObjectType } from 'type-graphql';
import type { Section } from '../access/gate.rules';
import { defineEnum } from '../api/enum';
import { UserError, userErrorsOf } from '../api/user-error';
import type { AgentRow } from '../db/tables/agent';
import { AgentTypeEnum, SectionEnum } from './agent.type';
import type { ImportedField, ImportedRow } from './import-agents.rules';

@InputType({
  description:
    'An agent as another service desk exports it. The e-mail address decides which agent is written.',
})
export class ImportAgentRowInput implements ImportedRow {
  @Field(() => String, { description: 'The display name, 1 to 200 characters.' })
  name!: string;

  @Field(() => String, {
    description:
      'The e-mail address: exactly one, in upper or lower case. No two rows may have the same address.',
  })
  email!: string;

  @Field(() => AgentTypeEnum, {
    nullable: true,
    description:
      'Full-time or occasional. Left out: a new agent is occasional, and the type of a known agent stays. The type of an account admin cannot be changed here.',
  })
  type?: AgentRow['type'] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The time zone, as a name of IANA, Rails ("Eastern Time (US & Canada)") or Windows. Left out or empty: a new agent has the time zone of the account, and that of a known agent stays.',
  })
  timeZone?: string | null;

  @Field(() => [SectionEnum], {
    nullable: true,
    description:
      'All sections that the agent may use. Left out: a new agent may use all but ADMIN, and those of a known agent stay.',
  })
  sections?: Section[] | null;
}

@InputType({
  description:
    'Agents to add or change: at most 100. Each row is processed separately; userErrors.field names it, e.g. ["rows", "3", "timeZone"].',
})
export class ImportAgentsInput {
  @Field(() => [ImportAgentRowInput], { description: 'The rows.' })
  rows!: ImportAgentRowInput[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'True: nothing is written, and the answer says what would happen to each row.',
  })
  dryRun!: boolean;

  @Field(() => Boolean, {
    defaultValue: true,
    description:
      'Whether new agents are invited, as by inviteAgent. False: they are added as INVITED without a mail or a link. Send the invitation later with inviteAgent.',
  })
  invite!: boolean;
}

export const ImportAgentOutcomeEnum = defineEnum(
  'ImportAgentOutcome',
  'What an import did with a row, or what a dry run would do.',
  {
    CREATED: 'No agent had the address: the agent was added.',
    UPDATED: 'An agent has the address, and values that differed were changed.',
    UNCHANGED: 'An agent has the address and all values of the row already.',
    REFUSED: 'Nothing was done; userErrors says why.',
  },
);

export const ImportAgentFieldEnum = defineEnum<Uppercased>(
  'ImportAgentField',
  'A value that an import may change on an agent who exists.',
  {
    NAME: 'The display name.',
    TYPE: 'Full-time or occasional.',
    TIME_ZONE: 'The time zone.',
    SECTIONS: 'The sections that the agent may use.',
  },
);

type Uppercased = 'NAME' | 'TYPE' | 'TIME_ZONE' | 'SECTIONS';

/** The public names of the fields. */
export const fieldNames: Readonly<Record<ImportedField, Uppercased>> = {
  name: 'NAME',
  type: 'TYPE',
  timeZone: 'TIME_ZONE',
  sections: 'SECTIONS',
};

const rowErrors = userErrorsOf(
  'EMAIL_TAKEN',
  'AGENT_NOT_ACTIVE',
  'LAST_ADMIN',
  'NOT_FOUND',
  'VALIDATION_FAILED',
);

@ObjectType({ description: 'What an import did with a row, or what a dry run would do.' })
export class ImportAgentResult {
  @Field(() => ImportAgentOutcomeEnum, { description: 'What happened, or would happen.' })
  outcome!: keyof typeof ImportAgentOutcomeEnum;

  @Field(() => [ImportAgentFieldEnum], {
    description: 'The values that change on an agent who exists; empty unless it is UPDATED.',
  })
  changes!: Uppercased[];

  @Field(() => Boolean, {
    description: 'Whether the activation link is sent by mail, now or when the limits permit it.',
  })
  mailSent!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'The link to hand over to a new agent if the account sends no mails. Null otherwise, and for API keys.',
  })
  activationLink!: string | null;

  @Field(() => [UserError], rowErrors)
  userErrors!: UserError[];

  /** Null if there is no such agent. */
  agentRowId!: string | null;
}

@ObjectType({ description: 'The result of an import of agents.' })
export class ImportAgentsPayload {
  @Field(() => [ImportAgentResult], {
    nullable: true,
    description: 'One result per row, in the order of the input.',
  })
  rows!: ImportAgentResult[] | null;

  @Field(() => [UserError], rowErrors)
  userErrors!: UserError[];
}
