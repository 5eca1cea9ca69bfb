import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { SignatureAlgorithm } from '../access/identity-provider';
import type { RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import { UserError, userErrorsOf } from '../api/user-error';
import { identityProvidersById } from './identity-provider.queries';
import { settingsOf, type GivenProvider } from './identity-provider.rules';
import {
  IdentityProviderType,
  SignatureAlgorithmEnum,
  toIdentityProvider,
} from './identity-provider.type';
import { removeIdentityProvider } from './remove-identity-provider';
import { setIdentityProvider } from './set-identity-provider';
import { unlinkAgentIdentities } from './unlink-agent-identities';

@InputType({
  description:
    'All settings of an identity provider. The issuer decides which provider is added or replaced. A field that is left out gets its default, even if it had another value before.',
})
class SetIdentityProviderInput implements GivenProvider {
  @Field(() => String, {
    description:
      'The https URL of the provider, exactly as in the claim `iss` of its tokens; at most 500 characters.',
  })
  issuer!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The display name, 1 to 100 characters. Default: the host name of the issuer.',
  })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The client id that the sign-in page uses: a public client (PKCE). Default: none, so the sign-in page does not offer this provider.',
  })
  clientId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The accepted values of the claim `aud`, 1 to 10. Default: the clientId.',
  })
  audiences?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'The scopes that the sign-in page requests, 1 to 20. Default: openid, profile, email.',
  })
  scopes?: string[] | null;

  @Field(() => [SignatureAlgorithmEnum], {
    nullable: true,
    description: 'The accepted signature algorithms. Default: RS256.',
  })
  algorithms?: SignatureAlgorithm[] | null;

  @Field(() => String, {
    nullable: true,
    description: "The name of the claim that holds the person's e-mail address. Default: email.",
  })
  emailClaim?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether to accept an e-mail address without the claim `email_verified`, which applies to the claim `email` only. Set it only if nobody can choose an e-mail address freely at the provider. Default: false.',
  })
  trustsEmail?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether people who are not agents may sign in as contacts. Default: false.',
  })
  admitsContacts?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether tokens of this provider are accepted. Default: true.',
  })
  enabled?: boolean | null;
}

@ObjectType({ description: 'The result of setting an identity provider.' })
class SetIdentityProviderPayload {
  @Field(() => IdentityProviderType, {
    nullable: true,
    description: 'The provider with its new settings; null if the request was refused.',
  })
  identityProvider!: IdentityProviderType | null;

  @Field(() => [UserError], userErrorsOf('VALIDATION_FAILED'))
  userErrors!: UserError[];
}

@InputType({ description: 'The identity provider to remove.' })
class RemoveIdentityProviderInput {
  @Field(() => ID, { description: 'The id of the provider.' })
  identityProviderId!: string;
}

@ObjectType({ description: 'The result of removing an identity provider.' })
class RemoveIdentityProviderPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND'))
  userErrors!: UserError[];
}

@InputType({ description: 'The agent whose links to identity providers are removed.' })
class UnlinkAgentIdentitiesInput {
  @Field(() => ID, { description: 'The id of the agent.' })
  agentId!: string;
}

@ObjectType({ description: 'The result of unlinking an agent from identity providers.' })
class UnlinkAgentIdentitiesPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND'))
  userErrors!: UserError[];
}

@Resolver()
export class ChangeIdentityProviderResolver {
  @Mutation(() => SetIdentityProviderPayload, {
    nullable: true,
    description:
      'Adds an identity provider to the account, or replaces its settings. All processes use the new settings within one second. For account admins with access to the agent portal; API keys cannot call it.',
  })
  async setIdentityProvider(
    @Arg('input', () => SetIdentityProviderInput, { description: 'The settings of the provider.' })
    input: SetIdentityProviderInput,
    @Ctx() context: RequestContext,
  ): Promise<SetIdentityProviderPayload> {
    await context.permissions.require('account:write');
    const { services } = context;
    const { state } = context.account;
    const on = { state, fetchRules: services.fetchRules };
    const set = await setIdentityProvider(on, {
      settings: settingsOf(input),
      ...actOf(context),
    });
    if ('refused' in set) return { identityProvider: null, userErrors: [set.refused] };
    const row = await context.reads.loadExisting(identityProvidersById, set.id);
    return { identityProvider: toIdentityProvider(row), userErrors: [] };
  }

  @Mutation(() => RemoveIdentityProviderPayload, {
    nullable: true,
    description:
      'Removes an identity provider. All processes refuse its tokens within one second. For account admins with access to the agent portal; API keys cannot call it.',
  })
  async removeIdentityProvider(
    @Arg('input', () => RemoveIdentityProviderInput, { description: 'The provider to remove.' })
    { identityProviderId }: RemoveIdentityProviderInput,
    @Ctx() context: RequestContext,
  ): Promise<RemoveIdentityProviderPayload> {
    await context.permissions.require('account:write');
    const id = rowIdOrNone('IdentityProvider', identityProviderId);
    const act = { id, ...actOf(context) };
    const removed = await removeIdentityProvider(context.account.state, act);
    return { userErrors: removed ? [] : [notFound('identityProviderId')] };
  }

  @Mutation(() => UnlinkAgentIdentitiesPayload, {
    nullable: true,
    description:
      "Removes the links between an agent and the identities that the agent signed in with at identity providers. The next person who signs in with the agent's verified e-mail address is then this agent. For account admins with access to the agent portal; API keys cannot call it.",
  })
  async unlinkAgentIdentities(
    @Arg('input', () => UnlinkAgentIdentitiesInput, { description: 'The agent to unlink.' })
    { agentId }: UnlinkAgentIdentitiesInput,
    @Ctx() context: RequestContext,
  ): Promise<UnlinkAgentIdentitiesPayload> {
    await context.permissions.require('account:write');
    const act = { agentId: rowIdOrNone('Agent', agentId), ...actOf(context) };
    const found = await unlinkAgentIdentities(context.account.state, act);
    return { userErrors: found ? [] : [notFound('agentId')] };
  }
}

/** Credentials follow the database's clock, whatever a sandbox's test clock shows. */
function actOf({ services, caller }: RequestContext) {
  const { attribution: audit } = caller;
  return { nowMs: services.clock.nowMs(), audit };
}

function notFound(name: string): UserError {
  const message = 'The account has no object with this id. Check the id.';
  return { code: 'NOT_FOUND', message, field: [name] };
}
