import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import type { UserError } from '../api/user-error';
import { sequenceOfCursor } from '../journal/journal-place';
import { endpointNotFound } from './change-endpoint';
import {
  CreateWebhookEndpointInput,
  CreateWebhookEndpointPayload,
  DeleteWebhookEndpointInput,
  DeleteWebhookEndpointPayload,
  ReplayWebhookInput,
  ReplayWebhookPayload,
  RotateWebhookSecretInput,
  RotateWebhookSecretPayload,
  SendTestWebhookInput,
  SendTestWebhookPayload,
  SkipWebhookEventInput,
  SkipWebhookEventPayload,
  UpdateWebhookEndpointInput,
  UpdateWebhookEndpointPayload,
} from './change-endpoint.type';
import { createEndpoint, type EndpointAct } from './create-endpoint';
import { deleteEndpoint } from './delete-endpoint';
import { endpointsById } from './endpoint.queries';
import { toEndpoint, toTry, WebhookEndpointType } from './endpoint.type';
import { replayEvents, type ReplayRequest } from './replay';
import { rotateSecret } from './rotate-secret';
import { sendTest } from './send-test';
import { skipEvent } from './skip-event';
import { updateEndpoint } from './update-endpoint';

const callers =
  'For account admins with access to the agent portal; an API key needs the scope webhooks:write.';

@Resolver()
export class ChangeWebhookEndpointResolver {
  @Mutation(() => CreateWebhookEndpointPayload, {
    nullable: true,
    description: `Creates a webhook endpoint, and returns its secret, which is shown only this once. An account may have 10. ${callers}`,
  })
  async createWebhookEndpoint(
    @Arg('input', () => CreateWebhookEndpointInput, { description: 'The endpoint to create.' })
    { url, description, kinds, after }: CreateWebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<CreateWebhookEndpointPayload> {
    await context.permissions.require('webhooks:write');
    const made = await createEndpoint(actOf(context), {
      url,
      description: description ?? null,
      kinds: kinds ?? [],
      after: await placeOf(context, after),
    });
    if ('code' in made) return { endpointId: null, secret: null, userErrors: [made] };
    return { endpointId: made.id, secret: made.secret, userErrors: [] };
  }

  @Mutation(() => UpdateWebhookEndpointPayload, {
    nullable: true,
    description: `Changes a webhook endpoint, pauses or resumes it. ${callers}`,
  })
  async updateWebhookEndpoint(
    @Arg('input', () => UpdateWebhookEndpointInput, {
      description: 'The endpoint and the changes.',
    })
    { endpointId, ...changes }: UpdateWebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<UpdateWebhookEndpointPayload> {
    await context.permissions.require('webhooks:write');
    const id = rowIdOrNone('WebhookEndpoint', endpointId);
    return payloadOf(id, await updateEndpoint(actOf(context), id, changes));
  }

  @Mutation(() => DeleteWebhookEndpointPayload, {
    nullable: true,
    description: `Deletes a webhook endpoint with its place in the journal and its log. ${callers}`,
  })
  async deleteWebhookEndpoint(
    @Arg('input', () => DeleteWebhookEndpointInput, { description: 'The endpoint to delete.' })
    { endpointId }: DeleteWebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<DeleteWebhookEndpointPayload> {
    await context.permissions.require('webhooks:write');
    const id = rowIdOrNone('WebhookEndpoint', endpointId);
    const refused = await deleteEndpoint(actOf(context), id);
    return refused
      ? { deletedId: null, userErrors: [refused] }
      : { deletedId: endpointId, userErrors: [] };
  }

  @Mutation(() => RotateWebhookSecretPayload, {
    nullable: true,
    description: `Gives a webhook endpoint a new secret, and returns it, which happens only this once. ${callers}`,
  })
  async rotateWebhookSecret(
    @Arg('input', () => RotateWebhookSecretInput, {
      description: 'The endpoint, and how long the previous secret signs too.',
    })
    { endpointId, overlapHours }: RotateWebhookSecretInput,
    @Ctx() context: RequestContext,
  ): Promise<RotateWebhookSecretPayload> {
    await context.permissions.require('webhooks:write');
    const id = rowIdOrNone('WebhookEndpoint', endpointId);
    const rotated = await rotateSecret(actOf(context), id, overlapHours);
    if ('code' in rotated) return { secret: null, ...payloadOf(id, rotated) };
    return { secret: rotated.secret, ...payloadOf(id, null) };
  }

  @Mutation(() => ReplayWebhookPayload, {
    nullable: true,
    description: `Sends events to a webhook endpoint again, in order, with the same ids and the header webhook-replay: true. Later events wait until that is done. A replay that has not ended is replaced. ${callers}`,
  })
  async replayWebhook(
    @Arg('input', () => ReplayWebhookInput, { description: 'The endpoint and the events.' })
    { endpointId, ...input }: ReplayWebhookInput,
    @Ctx() context: RequestContext,
  ): Promise<ReplayWebhookPayload> {
    await context.permissions.require('webhooks:write');
    const id = rowIdOrNone('WebhookEndpoint', endpointId);
    const request = await replayRequestOf(context, input);
    const replayed = 'code' in request ? request : await replayEvents(actOf(context), id, request);
    if ('code' in replayed) return { events: null, ...payloadOf(id, replayed) };
    return { events: replayed.events, ...payloadOf(id, null) };
  }

  @Mutation(() => SkipWebhookEventPayload, {
    nullable: true,
    description: `Leaves the event in front undelivered, so that the later ones continue. The audit trail records it. ${callers}`,
  })
  async skipWebhookEvent(
    @Arg('input', () => SkipWebhookEventInput, { description: 'The endpoint and the event.' })
    { endpointId, sequence }: SkipWebhookEventInput,
    @Ctx() context: RequestContext,
  ): Promise<SkipWebhookEventPayload> {
    await context.permissions.require('webhooks:write');
    const id = rowIdOrNone('WebhookEndpoint', endpointId);
    return payloadOf(id, await skipEvent(actOf(context), id, sequence));
  }

  @Mutation(() => SendTestWebhookPayload, {
    nullable: true,
    description: `Sends a test to a webhook endpoint at once, waits for its answer for up to 10 seconds, and returns it. At most 10 per minute for an account and process: more are refused with RATE_LIMITED. ${callers}`,
  })
  async sendTestWebhook(
    @Arg('input', () => SendTestWebhookInput, { description: 'The endpoint and the test.' })
    { endpointId, kind }: SendTestWebhookInput,
    @Ctx() context: RequestContext,
  ): Promise<SendTestWebhookPayload> {
    await context.permissions.require('webhooks:write');
    const { services, account } = context;
    const id = rowIdOrNone('WebhookEndpoint', endpointId);
    const row = await context.reads.load(endpointsById, id);
    if (!row) return { attempt: null, userErrors: [endpointNotFound] };
    services.calls.countTest(account.id);
    const { state, key, rules } = actOf(context);
    const on = { state, key, rules, nowMs: () => services.clock.nowMs() };
    const sent = await sendTest(on, row, kind ?? null);
    if ('code' in sent) return { attempt: null, userErrors: [sent] };
    return { attempt: toTry(sent), userErrors: [] };
  }
}

type PayloadWithEndpoint = { endpointId: string | null };

async function endpointOf(
  { endpointId }: PayloadWithEndpoint,
  context: RequestContext,
): Promise<WebhookEndpointType | null> {
  if (endpointId === null) return null;
  // Another admin may have deleted it since.
  const row = await context.reads.load(endpointsById, endpointId);
  return row && toEndpoint(row);
}

const endpointField = {
  nullable: true,
  description: 'The endpoint after the request; null if the request was refused.',
};

@Resolver(() => CreateWebhookEndpointPayload)
export class CreateWebhookEndpointPayloadResolver {
  @FieldResolver(() => WebhookEndpointType, endpointField)
  endpoint(@Root() payload: CreateWebhookEndpointPayload, @Ctx() context: RequestContext) {
    return endpointOf(payload, context);
  }
}

@Resolver(() => UpdateWebhookEndpointPayload)
export class UpdateWebhookEndpointPayloadResolver {
  @FieldResolver(() => WebhookEndpointType, endpointField)
  endpoint(@Root() payload: UpdateWebhookEndpointPayload, @Ctx() context: RequestContext) {
    return endpointOf(payload, context);
  }
}

@Resolver(() => RotateWebhookSecretPayload)
export class RotateWebhookSecretPayloadResolver {
  @FieldResolver(() => WebhookEndpointType, endpointField)
  endpoint(@Root() payload: RotateWebhookSecretPayload, @Ctx() context: RequestContext) {
    return endpointOf(payload, context);
  }
}

@Resolver(() => ReplayWebhookPayload)
export class ReplayWebhookPayloadResolver {
  @FieldResolver(() => WebhookEndpointType, endpointField)
  endpoint(@Root() payload: ReplayWebhookPayload, @Ctx() context: RequestContext) {
    return endpointOf(payload, context);
  }
}

@Resolver(() => SkipWebhookEventPayload)
export class SkipWebhookEventPayloadResolver {
  @FieldResolver(() => WebhookEndpointType, endpointField)
  endpoint(@Root() payload: SkipWebhookEventPayload, @Ctx() context: RequestContext) {
    return endpointOf(payload, context);
  }
}

function actOf({ account, caller, services }: RequestContext): EndpointAct {
  return {
    state: account.state,
    key: services.secrets.webhook,
    rules: services.webhookRules,
    nowMs: services.clock.nowMs(),
    audit: caller.attribution,
  };
}

function payloadOf(id: string, refused: UserError | null) {
  return { endpointId: refused ? null : id, userErrors: refused ? [refused] : [] };
}

async function placeOf(
  { account }: RequestContext,
  cursor: string | null | undefined,
): Promise<number | null> {
  return cursor == null ? null : sequenceOfCursor(account.scope, cursor);
}

async function replayRequestOf(
  context: RequestContext,
  { fromCursor, fromSequence, toCursor, sequences }: Omit<ReplayWebhookInput, 'endpointId'>,
): Promise<ReplayRequest | UserError> {
  const given = [fromCursor, fromSequence, sequences].filter((one) => one != null);
  if (given.length !== 1 || (sequences != null && toCursor != null)) {
    const message =
      'Give fromCursor or fromSequence, each with or without toCursor, or give sequences.';
    return { code: 'VALIDATION_FAILED', message, field: null };
  }
  if (sequences != null) return { sequences };
  if (fromSequence != null && fromSequence < 1) {
    const message = 'fromSequence must be 1 or more.';
    return { code: 'VALIDATION_FAILED', message, field: ['fromSequence'] };
  }
  const after = fromSequence == null ? await placeOf(context, fromCursor) : fromSequence - 1;
  return { after: after!, through: await placeOf(context, toCursor) };
}
