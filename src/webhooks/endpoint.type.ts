import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import type { RequestContext } from '../api/context';
import { defineEnum } from '../api/enum';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import type { WebhookEndpointRow } from '../db/tables/webhook-endpoint';
import type { WebhookTryRow } from '../db/tables/webhook-try';

const WebhookState = defineEnum<WebhookEndpointRow['state']>(
  'WebhookState',
  'Whether events are sent to an endpoint.',
  {
    ACTIVE: 'Events are sent. A failed event is tried again, with longer and longer pauses.',
    PAUSED: 'An admin paused the endpoint. It keeps its place in the journal.',
    PAUSED_FAILING:
      'The endpoint answered 410, or failed for five days. It keeps its place in the journal; updateWebhookEndpoint resumes it.',
  },
);

const requireWebhooks = (context: RequestContext) => context.permissions.require('webhooks:write');

@Guarded<WebhookEndpointType>(requireWebhooks)
@ObjectType('WebhookEndpoint', {
  implements: Node,
  description:
    "A URL of a partner to which the service sends the entries of the account's journal: in their order, one at a time, each at least once. The bodies are described by the JSON Schemas in schema/webhooks, and signed by Standard Webhooks 1.0. For account admins with access to the agent portal, and service keys with the scope webhooks:write.",
})
export class WebhookEndpointType implements Node {
  @Field(() => ID, { description: 'The opaque id of this endpoint.' })
  id!: string;

  @Field(() => String, { description: 'The URL that receives the events, by POST.' })
  url!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A note for people; null if nobody wrote one.',
  })
  description!: string | null;

  @Field(() => [String], {
    description: 'The names of the types of DayPassEvent that are sent; empty: all.',
  })
  kinds!: string[];

  @Field(() => WebhookState, { description: 'Whether events are sent.' })
  state!: WebhookEndpointRow['state'];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Since when every try has failed, by real time; null if the last try succeeded or nothing was tried.',
  })
  failingSince!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the event in front is tried again, by real time; null if no try has failed since the last success.',
  })
  nextTryAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When an event was last delivered, by real time; null if none was.',
  })
  lastSuccessAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the endpoint was paused, by an admin or by failures; null if it is active.',
  })
  pausedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Until when the previous secret signs too, by real time; null if no rotation is under way.',
  })
  previousSecretUntil!: Date | null;

  @Field(() => Boolean, {
    description:
      'Whether earlier events are being sent again. Live events wait until that is done.',
  })
  replaying!: boolean;

  @Field(() => DateTimeScalar, { description: 'When the endpoint was created, by real time.' })
  createdAt!: Date;

  row!: WebhookEndpointRow;
}

export function toEndpoint(row: WebhookEndpointRow): WebhookEndpointType {
  const { url, description, kinds, state, failingSince, lastSuccessAt, pausedAt, createdAt } = row;
  const isFailing = state === 'ACTIVE' && row.failures > 0;
  return {
    id: nodeId('WebhookEndpoint', row.id),
    ...{ url, description, kinds, state, failingSince, lastSuccessAt, pausedAt, createdAt },
    nextTryAt: isFailing ? row.retryAt : null,
    previousSecretUntil: row.previousSecretUntil,
    replaying: row.replayAfter !== null,
    row,
  };
}

export const WebhookEndpointConnection = connectionTypeOf(
  'WebhookEndpoint',
  () => WebhookEndpointType,
  'A page of a list of webhook endpoints, newest first.',
);

@Guarded<WebhookTryType>(requireWebhooks)
@ObjectType('WebhookTry', {
  description: 'One try to deliver an event to a webhook endpoint.',
})
export class WebhookTryType {
  @Field(() => Int, {
    nullable: true,
    description: 'The number of the entry in the journal; null for a test.',
  })
  eventSequence!: number | null;

  @Field(() => String, {
    description: 'The name of the type of DayPassEvent, or webhook.test for a test.',
  })
  kind!: string;

  @Field(() => DateTimeScalar, { description: 'When the try ended, by real time.' })
  at!: Date;

  @Field(() => Boolean, {
    description: 'Whether the endpoint accepted the event: a status 200 to 299.',
  })
  delivered!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'The HTTP status of the answer; null if no answer arrived.',
  })
  status!: number | null;

  @Field(() => Int, { description: 'How long the try lasted, in milliseconds.' })
  milliseconds!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why no answer arrived; null if one arrived.',
  })
  error!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The first 500 bytes of the answer; null if it was empty.',
  })
  answer!: string | null;

  @Field(() => Boolean, { description: 'Whether the event was sent again by replayWebhook.' })
  replay!: boolean;
}

export function toTry(row: WebhookTryRow): WebhookTryType {
  const { sequence, kind, triedAt, delivered, status, milliseconds, error, answer, replay } = row;
  const result = { delivered, status, milliseconds, error, answer, replay };
  return { eventSequence: sequence, kind, at: triedAt, ...result };
}

export const WebhookTryConnection = connectionTypeOf(
  'WebhookTry',
  () => WebhookTryType,
  'A page of the log of tries, newest first. It has the last 10,000 of 30 days.',
);
