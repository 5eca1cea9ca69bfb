import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import type { ApiKeyRow } from '../db/tables/api-key';
import { WhenNoDayPass } from './api-key.type';

@InputType({
  description:
    "The API key to create. With agentId it is a key of that agent, with at most the agent's permissions. Without agentId it is a service key, with the given scopes.",
})
export class CreateApiKeyInput {
  @Field(() => String, { description: 'The display name, 1 to 200 characters.' })
  name!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The id of the agent that the key belongs to. If left out, a service key is created.',
  })
  agentId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "The scopes: some of wallet:read, wallet:write, journal:read, agents:read, agents:write, tickets:read, tickets:write and billing:read; a service key may also have webhooks:write and portal_sessions:write. If left out for an agent's key: all but those two. A service key must name its scopes.",
  })
  scopes?: string[] | null;

  @Field(() => WhenNoDayPass, {
    defaultValue: 'CONSUME',
    description:
      'What the key of an occasional agent does when a pass is needed. Ignored for a service key.',
  })
  whenNoDayPass!: keyof typeof WhenNoDayPass;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the key expires, by real time even in a sandbox account. If left out, the key is valid until it is revoked.',
  })
  expiresAt?: number | null;
}

@ObjectType({ description: 'The result of creating a key.' })
export class CreateApiKeyPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'The secret, to be sent as a bearer token. It is shown only this once and cannot be read again. Null if the request was refused.',
  })
  secret!: string | null;

  @Field(() => [UserError], userErrorsOf('LIMIT_REACHED', 'NOT_FOUND', 'VALIDATION_FAILED'))
  userErrors!: UserError[];

  row!: ApiKeyRow | null;
}

@InputType({ description: 'The key to revoke.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: 'The id of the key.' })
  apiKeyId!: string;
}

@ObjectType({ description: 'The result of revoking a key.' })
export class RevokeApiKeyPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND'))
  userErrors!: UserError[];

  keyRowId!: string | null;
}
