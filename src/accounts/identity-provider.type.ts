import { Field, ID, ObjectType } from 'type-graphql';
import type { SignatureAlgorithm } from '../access/identity-provider';
import { defineEnum } from '../api/enum';
import type { RequestContext } from '../api/context';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import type { FoundProvider } from './identity-provider.queries';

export const SignatureAlgorithmEnum = defineEnum<SignatureAlgorithm>(
  'SignatureAlgorithm',
  'A signature algorithm of an identity provider. All of them use a private key, so only the provider can sign (RFC 7518, RFC 8037, RFC 9864).',
  {
    RS256: 'RSA (PKCS #1) with SHA-256. The most common algorithm.',
    RS384: 'RSA (PKCS #1) with SHA-384.',
    RS512: 'RSA (PKCS #1) with SHA-512.',
    PS256: 'RSA-PSS with SHA-256.',
    PS384: 'RSA-PSS with SHA-384.',
    PS512: 'RSA-PSS with SHA-512.',
    ES256: 'ECDSA on P-256.',
    ES384: 'ECDSA on P-384.',
    ES512: 'ECDSA on P-521.',
    EdDSA: 'Ed25519, under its older name.',
    Ed25519: 'Ed25519 (RFC 9864).',
  },
);

@Guarded((context: RequestContext) => context.permissions.require('account:write'))
@ObjectType('IdentityProvider', {
  implements: Node,
  description:
    "An OpenID Connect provider that the account's people sign in with. Its tokens are accepted as bearer tokens: `Authorization: Bearer <account slug>~<token>`. For account admins with access to the agent portal; API keys cannot read it.",
})
export class IdentityProviderType implements Node {
  @Field(() => ID, { description: 'The opaque id of this provider.' })
  id!: string;

  @Field(() => String, { description: 'The display name, shown on the sign-in page.' })
  name!: string;

  @Field(() => String, {
    description:
      'The URL of the provider, exactly as in the claim `iss` of its tokens. It never changes.',
  })
  issuer!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The client id that the sign-in page uses. If null, the sign-in page does not offer this provider.',
  })
  clientId!: string | null;

  @Field(() => [String], {
    description:
      'The accepted values of the claim `aud`: a token is accepted if its `aud` contains one of them.',
  })
  audiences!: string[];

  @Field(() => [String], { description: 'The scopes that the sign-in page requests.' })
  scopes!: string[];

  @Field(() => [SignatureAlgorithmEnum], {
    description: 'The accepted signature algorithms.',
  })
  algorithms!: SignatureAlgorithm[];

  @Field(() => String, {
    description: "The name of the claim that holds the person's e-mail address.",
  })
  emailClaim!: string;

  @Field(() => Boolean, {
    description:
      'Whether an e-mail address is accepted if the token does not state that the provider verified it.',
  })
  trustsEmail!: boolean;

  @Field(() => Boolean, {
    description: 'Whether people who are not agents may sign in as contacts.',
  })
  admitsContacts!: boolean;

  @Field(() => Boolean, { description: 'Whether tokens of this provider are accepted now.' })
  enabled!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "When a process of the service last fetched the provider's keys; null if no fetch has succeeded yet.",
  })
  keysFetchedAt!: Date | null;
}

export function toIdentityProvider(row: FoundProvider): IdentityProviderType {
  const algorithms = row.algorithms as SignatureAlgorithm[];
  return { ...row, id: nodeId('IdentityProvider', row.id), algorithms };
}
