import { Ctx, Query, Resolver } from 'type-graphql';
import type { NodeLoader, RequestContext } from '../api/context';
import { identityProvidersById, listIdentityProviders } from './identity-provider.queries';
import { IdentityProviderType, toIdentityProvider } from './identity-provider.type';

@Resolver(() => IdentityProviderType)
export class IdentityProviderResolver {
  @Query(() => [IdentityProviderType], {
    nullable: true,
    description:
      'The identity providers of the account, by name; at most 10. For account admins with access to the agent portal; API keys cannot call it.',
  })
  async identityProviders(@Ctx() context: RequestContext): Promise<IdentityProviderType[]> {
    await context.permissions.require('account:write');
    return (await listIdentityProviders(context.account.scope)).map(toIdentityProvider);
  }
}

export const loadIdentityProviderNode: NodeLoader = async (context, rowId) => {
  await context.permissions.require('account:write');
  const row = await context.reads.load(identityProvidersById, rowId);
  return row && toIdentityProvider(row);
};
