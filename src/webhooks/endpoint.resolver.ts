import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { readPage } from '../api/read-page';
import { encodeCursor } from '../journal/cursor';
import { entriesById } from '../journal/journal-entry';
import { DayPassEvent, toEvent } from '../passes/events/event.type';
import { endpointList, endpointsById, placesOfEndpoints, tryList } from './endpoint.queries';
import {
  toEndpoint,
  toTry,
  WebhookEndpointConnection,
  WebhookEndpointType,
  WebhookTryConnection,
  type WebhookTryType,
} from './endpoint.type';

@ArgsType()
class TriesArgs extends PageArgs {
  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only tries that failed; false: only deliveries. Default: all.',
  })
  failed?: boolean | null;
}

/** Before the first entry there is no hash, and a cursor of that place is never compared with one. */
const noHash = '00'.repeat(32);

@Resolver(() => WebhookEndpointType)
export class WebhookEndpointResolver {
  @Query(() => WebhookEndpointConnection, {
    nullable: true,
    description:
      'The webhook endpoints of the account, newest first; at most 10. For account admins with access to the agent portal; an API key needs the scope webhooks:write.',
  })
  async webhookEndpoints(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<WebhookEndpointType>> {
    await context.permissions.require('webhooks:write');
    const { scope } = context.account;
    return readPage(scope, endpointList(scope), page, toEndpoint);
  }

  @FieldResolver(() => String, {
    description:
      'The place of the endpoint: the cursor of the last entry that was delivered, skipped, or is of a kind that is not sent.',
  })
  async cursor(
    @Root() { row }: WebhookEndpointType,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    const place = await context.reads.load(placesOfEndpoints, row.id);
    const { accountId, sequence } = row;
    return encodeCursor({ accountId, sequence, hash: place?.hash ?? noHash });
  }

  @FieldResolver(() => Int, {
    description: 'How many entries of its kinds wait after the cursor; at most 1,000 are counted.',
  })
  async waiting(
    @Root() { row }: WebhookEndpointType,
    @Ctx() context: RequestContext,
  ): Promise<number> {
    return (await context.reads.load(placesOfEndpoints, row.id))?.waiting ?? 0;
  }

  @FieldResolver(() => DayPassEvent, {
    nullable: true,
    description:
      'The entry in front, if its last try failed: later entries wait for it. Null if nothing fails, and for an API key without the scope journal:read.',
  })
  async blockedBy(
    @Root() { row }: WebhookEndpointType,
    @Ctx() context: RequestContext,
  ): Promise<DayPassEvent | null> {
    if (row.failures === 0 || !(await context.permissions.has('journal:read'))) return null;
    const place = await context.reads.load(placesOfEndpoints, row.id);
    if (!place?.front) return null;
    return toEvent(await context.reads.loadExisting(entriesById, place.front.id));
  }

  @FieldResolver(() => WebhookTryConnection, {
    nullable: true,
    description: 'The log of tries, newest first: the last 10,000 of 30 days.',
  })
  tries(
    @Root() { row }: WebhookEndpointType,
    @Args(() => TriesArgs) { failed, ...page }: TriesArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<WebhookTryType>> {
    const { scope } = context.account;
    return readPage(scope, tryList(scope, row.id, failed ?? null), page, toTry);
  }
}

export const loadEndpointNode: NodeLoader = async (context, rowId) => {
  await context.permissions.require('webhooks:write');
  const row = await context.reads.load(endpointsById, rowId);
  return row && toEndpoint(row);
};
