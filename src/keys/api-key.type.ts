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
  "What an occasional agent's API key does when a request touches gated data and the agent has no active pass. Service keys and full-time agents' keys never consume.",
  {
    CONSUME:
      'One pass is taken (source API_KEY, no consent) before the data is read: once per agent and day, however many fields, requests and keys run at once, and never by a request that is refused as a whole (syntax, cost, scope, rate). Only a query or mutation by POST or over the socket takes one; a GET and a subscription are refused with DAY_PASS_REQUIRED. The response carries extensions.dayPass { consumptionId, expiresAt }. Where none can be taken, the fault is DAY_PASS_REQUIRED and extensions.reason says why (WALLET_EMPTY, WALLET_FROZEN).',
    REJECT: 'The request is refused with DAY_PASS_REQUIRED.',
  },
);

@Guarded<ApiKeyType>(requireJournalOrKeys)
@ObjectType('ApiKey', {
  implements: Node,
  description:
    'A credential that is no person: a key of an agent, or a service key of the account. Of its secret only a hash is kept.',
})
export class ApiKeyType implements Node {
  @Field(() => ID, { description: 'The opaque id of this key.' })
  id!: string;

  @Field(() => String, { description: 'What people call it.' })
  name!: string;

  @Field(() => [String], {
    description: 'What it allows; of an agent’s key at most what its agent may.',
  })
  scopes!: string[];

  @Field(() => WhenNoDayPass, {
    nullable: true,
    description: 'What it does where a pass is needed; null for a service key.',
  })
  whenNoDayPass!: ApiKeyRow['whenNoDayPass'];

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends; null: never.' })
  expiresAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was last used, to the minute; null: never.',
  })
  lastUsedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When an admin ended it.' })
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
  'Keys of the account, the newest first.',
);

/** Who reads the journal reads whose key it was; all else about keys is for those who manage them. */
async function requireJournalOrKeys(context: RequestContext): Promise<void> {
  if (!(await context.has('journal:read'))) await context.require('keys:write');
}
