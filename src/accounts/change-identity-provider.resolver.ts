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
    'All settings of an identity provider; the issuer decides which. Left out: the default, also where it was set otherwise before.',
})
class SetIdentityProviderInput implements GivenProvider {
  @Field(() => String, {
    description:
      'The URL of the provider as its tokens have it in `iss`, https, 500 characters at most.',
  })
  issuer!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name that people read, 1 to 100 characters. Default: the host of the issuer.',
  })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The client that pages sign in with, a public one (PKCE). Default: none is offered to pages.',
  })
  clientId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'What `aud` of a token may be, 1 to 10. Default: the client.',
  })
  audiences?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The scopes that pages ask for, 1 to 20. Default: openid, profile, email.',
  })
  scopes?: string[] | null;

  @Field(() => [SignatureAlgorithmEnum], {
    nullable: true,
    description: 'The algorithms that tokens may be signed with. Default: RS256.',
  })
  algorithms?: SignatureAlgorithm[] | null;

  @Field(() => String, {
    nullable: true,
    description: "The claim that holds a person's e-mail address. Default: email.",
  })
  emailClaim?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the address counts without `email_verified`, which speaks of the claim `email` alone. Set it only where nobody can choose an address freely at the provider. Default: false.',
  })
  trustsEmail?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether people who are no agents come in as contacts. Default: false.',
  })
  admitsContacts?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its tokens are accepted. Default: true.',
  })
  enabled?: boolean | null;
}

@ObjectType({ description: 'What came of setting an identity provider.' })
class SetIdentityProviderPayload {
  @Field(() => IdentityProviderType, {
    nullable: true,
    description: 'The provider after it; null where it was refused.',
  })
  identityProvider!: IdentityProviderType | null;

  @Field(() => [UserError], userErrorsOf('VALIDATION_FAILED'))
  userErrors!: UserError[];
}

@InputType({ description: 'Which identity provider to remove.' })
class RemoveIdentityProviderInput {
  @Field(() => ID, { description: 'The provider.' })
  identityProviderId!: string;
}

@ObjectType({ description: 'What came of removing an identity provider.' })
class RemoveIdentityProviderPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND'))
  userErrors!: UserError[];
}

@InputType({ description: 'Whose sign-ins to forget.' })
class UnlinkAgentIdentitiesInput {
  @Field(() => ID, { description: 'The agent.' })
  agentId!: string;
}

@ObjectType({ description: 'What came of forgetting as whom an agent signed in.' })
class UnlinkAgentIdentitiesPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND'))
  userErrors!: UserError[];
}

@Resolver()
export class ChangeIdentityProviderResolver {
  @Mutation(() => SetIdentityProviderPayload, {
    nullable: true,
    description:
      'Adds or changes an identity provider of the account. It counts within a second on every process. For account admins who are in, never by a key.',
  })
  async setIdentityProvider(
    @Arg('input', () => SetIdentityProviderInput, { description: 'The settings.' })
    input: SetIdentityProviderInput,
    @Ctx() context: RequestContext,
  ): Promise<SetIdentityProviderPayload> {
    await context.require('account:write');
    const { state, services } = context;
    const on = { state, fetchRules: services.fetchRules };
    const set = await setIdentityProvider(on, {
      settings: settingsOf(input),
      ...actOf(context),
    });
    if ('refused' in set) return { identityProvider: null, userErrors: [set.refused] };
    const row = await context.loadExisting(identityProvidersById, set.id);
    return { identityProvider: toIdentityProvider(row), userErrors: [] };
  }

  @Mutation(() => RemoveIdentityProviderPayload, {
    nullable: true,
    description:
      'Removes an identity provider; its tokens are refused within a second on every process. For account admins who are in, never by a key.',
  })
  async removeIdentityProvider(
    @Arg('input', () => RemoveIdentityProviderInput, { description: 'Which one.' })
    { identityProviderId }: RemoveIdentityProviderInput,
    @Ctx() context: RequestContext,
  ): Promise<RemoveIdentityProviderPayload> {
    await context.require('account:write');
    const id = rowIdOrNone('IdentityProvider', identityProviderId);
    const act = { id, ...actOf(context) };
    const removed = await removeIdentityProvider(context.state, act);
    return { userErrors: removed ? [] : [notFound('identityProviderId')] };
  }

  @Mutation(() => UnlinkAgentIdentitiesPayload, {
    nullable: true,
    description:
      "Forgets as whom an agent signed in at the account's identity providers: the next person with the agent's verified address is the agent. For account admins who are in, never by a key.",
  })
  async unlinkAgentIdentities(
    @Arg('input', () => UnlinkAgentIdentitiesInput, { description: 'Which agent.' })
    { agentId }: UnlinkAgentIdentitiesInput,
    @Ctx() context: RequestContext,
  ): Promise<UnlinkAgentIdentitiesPayload> {
    await context.require('account:write');
    const act = { agentId: rowIdOrNone('Agent', agentId), ...actOf(context) };
    const found = await unlinkAgentIdentities(context.state, act);
    return { userErrors: found ? [] : [notFound('agentId')] };
  }
}

/** Credentials live on the database's clock, whatever a sandbox's test clock says. */
function actOf({ services, attribution: audit }: RequestContext) {
  return { nowMs: services.clock.nowMs(), audit };
}

function notFound(name: string): UserError {
  const message = 'There is nothing of that id in the account.';
  return { code: 'NOT_FOUND', message, field: [name] };
}
