import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import type { RequestContext } from '../api/context';
import { defineEnum } from '../api/enum';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import type { ApiKeyRow } from '../db/tables/api-key';

export const WhenNoDayPass = defineEnum<'CONSUME' | 'REJECT'>(
  'WhenNoDayPass',
  "What an occasional agent's API key does when a request needs access to the agent portal and the agent has no active pass. Service keys and the keys of full-time agents never consume a pass.",
  {
    CONSUME:
      'One pass is consumed (source API_KEY, no consent) before the data is read: once per agent and day, even if many fields, requests and keys run at once. A request that is refused as a whole (syntax, cost, scope, rate) consumes none. Only a query or mutation by POST or over a WebSocket consumes a pass; a GET and a subscription are refused with DAY_PASS_REQUIRED. The response has extensions.dayPass { consumptionId, expiresAt }. If no pass can be consumed, the code is DAY_PASS_REQUIRED, and extensions.reason says why (WALLET_EMPTY, WALLET_FROZEN).',
    REJECT: 'The request is refused with DAY_PASS_REQUIRED.',
  },
);

@Guarded<ApiKeyType>(requireJournalOrKeys)
@ObjectType('ApiKey', {
  implements: Node,
  description:
    'An API key: a credential of a program, not of a person. It is the key of an agent, or a service key of the account. The service keeps only a hash of the secret.',
})
export class ApiKeyType implements Node {
  @Field(() => ID, { description: 'The opaque id of this key.' })
  id!: string;

  @Field(() => String, { description: 'The display name.' })
  name!: string;

  @Field(() => [String], {
    description: "The scopes of the key. An agent's key has at most the permissions of its agent.",
  })
  scopes!: string[];

  @Field(() => WhenNoDayPass, {
    nullable: true,
    description: 'What the key does when a pass is needed; null for a service key.',
  })
  whenNoDayPass!: ApiKeyRow['whenNoDayPass'];

  @Field(() => DateTimeScalar, { description: 'When the key was created.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the key expires; null if it does not expire.',
  })
  expiresAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the key was last used, to the minute; null if it was never used.',
  })
  lastUsedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When an admin revoked the key; null if it was not revoked.',
  })
  revokedAt!: Date | null;

  agentId!: string | null;
}

export function toApiKey(row: ApiKeyRow): ApiKeyType {
  const { name, scopes, whenNoDayPass, createdAt, expiresAt, lastUsedAt, revokedAt, agentId } = row;
  const id = nodeId('ApiKey', row.id);
  return { id, name, scopes, whenNoDayPass, createdAt, expiresAt, lastUsedAt, revokedAt, agentId };
}

export const ApiKeyConnection = connectionTypeOf(
  'ApiKey',
  () => ApiKeyType,
  'A page of a list of API keys, newest first.',
);

/**
 * Readers of the journal see the name of a key; everything else about keys is for those who manage
 * them.
 */
async function requireJournalOrKeys(context: RequestContext): Promise<void> {
  if (!(await context.permissions.has('journal:read')))
    await context.permissions.require('keys:write');
}
