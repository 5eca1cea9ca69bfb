import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import type { ApiKeyRow } from '../db/tables/api-key';
import { WhenNoDayPass } from './api-key.type';

@InputType({
  description:
    'With agentId: a key of that agent, with at most its rights. Without: a service key, with the scopes named.',
})
export class CreateApiKeyInput {
  @Field(() => String, { description: 'What people call it, 1 to 200 characters.' })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'The agent whose key it is.' })
  agentId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Some of wallet:read, wallet:write, journal:read, agents:read, agents:write, tickets:read, tickets:write, billing:read, and for a service key portal_sessions:write. Left out for a key of an agent: all of them.',
  })
  scopes?: string[] | null;

  @Field(() => WhenNoDayPass, {
    defaultValue: 'CONSUME',
    description: 'What a key of an occasional agent does where a pass is needed.',
  })
  whenNoDayPass!: keyof typeof WhenNoDayPass;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ends, by real time also in a sandbox; left out: when it is revoked.',
  })
  expiresAt?: number | null;
}

@ObjectType({ description: 'What came of making a key.' })
export class CreateApiKeyPayload {
  @Field(() => String, {
    nullable: true,
    description: 'The bearer, shown this once: it is kept nowhere. Null where it was refused.',
  })
  secret!: string | null;

  @Field(() => [UserError], userErrorsOf('LIMIT_REACHED', 'NOT_FOUND', 'VALIDATION_FAILED'))
  userErrors!: UserError[];

  row!: ApiKeyRow | null;
}

@InputType({ description: 'A key that is to end.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: 'The key, by its id.' })
  apiKeyId!: string;
}

@ObjectType({ description: 'What came of ending a key.' })
export class RevokeApiKeyPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND'))
  userErrors!: UserError[];

  keyRowId!: string | null;
}
