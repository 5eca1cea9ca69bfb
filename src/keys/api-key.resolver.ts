import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { AgentType } from '../agents/agent.type';
import { findAgent } from '../agents/find-agent';
import { PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import { readPage } from '../api/read-page';
import { apiKeyList, apiKeysById } from './api-key.queries';
import { ApiKeyConnection, ApiKeyType, toApiKey } from './api-key.type';
import {
  CreateApiKeyInput,
  CreateApiKeyPayload,
  RevokeApiKeyInput,
  RevokeApiKeyPayload,
} from './change-api-key.type';
import { createApiKey } from './create-api-key';
import { revokeApiKey } from './revoke-api-key';

@Resolver(() => ApiKeyType)
export class ApiKeyResolver {
  @Query(() => ApiKeyConnection, {
    nullable: true,
    description:
      'The API keys of the account, newest first, including revoked and expired keys. For account admins with access to the agent portal; API keys cannot call it.',
  })
  async apiKeys(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ApiKeyType>> {
    await context.permissions.require('keys:write');
    return readPage(context.account.scope, apiKeyList(context.account.scope), page, toApiKey);
  }

  @Mutation(() => CreateApiKeyPayload, {
    nullable: true,
    description:
      'Creates an API key of an agent, or a service key, and returns its secret, which is shown only this once. By default an account may have 100 keys that are neither revoked nor expired. For account admins with access to the agent portal; API keys cannot call it.',
  })
  async createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'The key to create.' })
    { name, agentId, scopes, whenNoDayPass, expiresAt }: CreateApiKeyInput,
    @Ctx() context: RequestContext,
  ): Promise<CreateApiKeyPayload> {
    await context.permissions.require('keys:write');
    const made = await createApiKey(
      context.account.state,
      {
        name,
        agentId: rowIdOrNone('Agent', agentId),
        scopes: scopes ?? null,
        whenNoDayPass,
        expiresAtMs: expiresAt ?? null,
      },
      {
        nowMs: context.services.clock.nowMs(),
        keysMax: context.services.limits.keys,
        audit: context.caller.attribution,
      },
    );
    if ('code' in made) return { row: null, secret: null, userErrors: [made] };
    return { ...made, userErrors: [] };
  }

  @Mutation(() => RevokeApiKeyPayload, {
    nullable: true,
    description:
      'Revokes an API key at once, on every process: its sockets, streams and portal sessions end. For account admins with access to the agent portal; API keys cannot call it.',
  })
  async revokeApiKey(
    @Arg('input', () => RevokeApiKeyInput, { description: 'The key to revoke.' })
    { apiKeyId }: RevokeApiKeyInput,
    @Ctx() context: RequestContext,
  ): Promise<RevokeApiKeyPayload> {
    await context.permissions.require('keys:write');
    const keyRowId = rowIdOrNone('ApiKey', apiKeyId);
    const outcome = await revokeApiKey(context.account.ledger, {
      apiKeyId: keyRowId,
      atMs: context.services.clock.nowMs(),
      audit: context.caller.attribution,
    });
    if (outcome.status === 'refused') return { keyRowId: null, userErrors: [outcome] };
    return { keyRowId, userErrors: [] };
  }

  @FieldResolver(() => AgentType, {
    nullable: true,
    description: 'The agent that the key belongs to; null for a service key.',
  })
  agent(
    @Root() { agentId }: ApiKeyType,
    @Ctx() context: RequestContext,
  ): Promise<AgentType | null> {
    return findAgent(context, agentId);
  }
}

@Resolver(() => CreateApiKeyPayload)
export class CreateApiKeyPayloadResolver {
  @FieldResolver(() => ApiKeyType, {
    nullable: true,
    description: 'The new key; null if the request was refused.',
  })
  apiKey(@Root() { row }: CreateApiKeyPayload): ApiKeyType | null {
    return row && toApiKey(row);
  }
}

@Resolver(() => RevokeApiKeyPayload)
export class RevokeApiKeyPayloadResolver {
  @FieldResolver(() => ApiKeyType, {
    nullable: true,
    description: 'The revoked key; null if the request was refused.',
  })
  async apiKey(
    @Root() { keyRowId }: RevokeApiKeyPayload,
    @Ctx() context: RequestContext,
  ): Promise<ApiKeyType | null> {
    return keyRowId === null
      ? null
      : toApiKey(await context.reads.loadExisting(apiKeysById, keyRowId));
  }
}

export const loadApiKeyNode: NodeLoader = async (context, rowId) => {
  await context.permissions.require('keys:write');
  const row = await context.reads.load(apiKeysById, rowId);
  return row && toApiKey(row);
};
