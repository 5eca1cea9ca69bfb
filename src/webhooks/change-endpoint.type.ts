import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError, userErrorsOf } from '../api/user-error';
import { WebhookTryType } from './endpoint.type';

@InputType({ description: 'The webhook endpoint to create.' })
export class CreateWebhookEndpointInput {
  @Field(() => String, {
    description:
      'The URL that receives the events: https, on the public internet, without credentials and fragment, at most 2,000 characters.',
  })
  url!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A note for people, at most 200 characters.',
  })
  description?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'The names of the types of DayPassEvent to send, such as DayPassConsumed. Default: all.',
  })
  kinds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A cursor of this account's journal: the first event is the one after it. Default: the next event that happens.",
  })
  after?: string | null;
}

/** A payload whose endpoint is read again by its resolver. */
abstract class EndpointPayload {
  endpointId!: string | null;
}

@ObjectType({ description: 'The result of creating a webhook endpoint.' })
export class CreateWebhookEndpointPayload extends EndpointPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'The secret for verifying signatures, whsec_…. It is shown only this once and cannot be read again. Null if the request was refused.',
  })
  secret!: string | null;

  @Field(() => [UserError], userErrorsOf('VALIDATION_FAILED', 'URL_NOT_ALLOWED', 'LIMIT_REACHED'))
  userErrors!: UserError[];
}

@InputType({
  description: 'What to change on a webhook endpoint. A field that is left out stays unchanged.',
})
export class UpdateWebhookEndpointInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;

  @Field(() => String, { nullable: true, description: 'The new URL, as in createWebhookEndpoint.' })
  url?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The new note, at most 200 characters. An empty text removes it.',
  })
  description?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The names of the types of DayPassEvent to send; empty: all.',
  })
  kinds?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True pauses the endpoint, which keeps its place. False resumes it: the event in front is tried at once.',
  })
  paused?: boolean | null;
}

@ObjectType({ description: 'The result of changing a webhook endpoint.' })
export class UpdateWebhookEndpointPayload extends EndpointPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'VALIDATION_FAILED', 'URL_NOT_ALLOWED'))
  userErrors!: UserError[];
}

@InputType({ description: 'The webhook endpoint to delete.' })
export class DeleteWebhookEndpointInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;
}

@ObjectType({ description: 'The result of deleting a webhook endpoint.' })
export class DeleteWebhookEndpointPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the deleted endpoint; null if the request was refused.',
  })
  deletedId!: string | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND'))
  userErrors!: UserError[];
}

@InputType({ description: 'The webhook endpoint that gets a new secret.' })
export class RotateWebhookSecretInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;

  @Field(() => Int, {
    defaultValue: 24,
    description:
      'For how many hours the previous secret signs too, 0 to 168. Until then each request has both signatures.',
  })
  overlapHours!: number;
}

@ObjectType({ description: 'The result of rotating a secret.' })
export class RotateWebhookSecretPayload extends EndpointPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'The new secret, whsec_…. It is shown only this once and cannot be read again. Null if the request was refused.',
  })
  secret!: string | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'ROTATION_OPEN', 'VALIDATION_FAILED'))
  userErrors!: UserError[];
}

@InputType({
  description:
    'The events to send again: exactly one of fromCursor and sequences. Only events that the endpoint is done with are sent again.',
})
export class ReplayWebhookInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;

  @Field(() => String, {
    nullable: true,
    description: "A cursor of this account's journal: the events after it are sent again.",
  })
  fromCursor?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'With fromCursor or fromSequence: the cursor of the last event that is sent again. Default: the place of the endpoint.',
  })
  toCursor?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of an entry: it and the events after it are sent again.',
  })
  fromSequence?: number | null;

  @Field(() => [Int], {
    nullable: true,
    description: 'The numbers of single entries, 1 to 100 of them.',
  })
  sequences?: number[] | null;
}

@ObjectType({ description: 'The result of a request to send events again.' })
export class ReplayWebhookPayload extends EndpointPayload {
  @Field(() => Int, {
    nullable: true,
    description:
      'How many events are sent again; null if the request was refused, and for more than 10,000.',
  })
  events!: number | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'VALIDATION_FAILED'))
  userErrors!: UserError[];
}

@InputType({ description: 'The event that is left undelivered.' })
export class SkipWebhookEventInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;

  @Field(() => Int, {
    description: 'The number of the entry in front, as in WebhookEndpoint.blockedBy.',
  })
  sequence!: number;
}

@ObjectType({ description: 'The result of skipping an event.' })
export class SkipWebhookEventPayload extends EndpointPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'NOT_IN_FRONT'))
  userErrors!: UserError[];
}

@InputType({ description: 'The endpoint that receives a test.' })
export class SendTestWebhookInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of a type of DayPassEvent: a sample of it is sent, with "test": true in its data. Default: an event of the type webhook.test.',
  })
  kind?: string | null;
}

@ObjectType({ description: 'The result of a test.' })
export class SendTestWebhookPayload {
  @Field(() => WebhookTryType, {
    nullable: true,
    description: 'The answer of the endpoint; null if the request was refused.',
  })
  attempt!: WebhookTryType | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'VALIDATION_FAILED'))
  userErrors!: UserError[];
}
