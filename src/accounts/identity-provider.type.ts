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
  'How an identity provider signs: with a private key, so that only it can (RFC 7518, RFC 8037, RFC 9864).',
  {
    RS256: 'RSA (PKCS #1) with SHA-256: the usual one.',
    RS384: 'RSA (PKCS #1) with SHA-384.',
    RS512: 'RSA (PKCS #1) with SHA-512.',
    PS256: 'RSA-PSS with SHA-256.',
    PS384: 'RSA-PSS with SHA-384.',
    PS512: 'RSA-PSS with SHA-512.',
    ES256: 'ECDSA on P-256.',
    ES384: 'ECDSA on P-384.',
    ES512: 'ECDSA on P-521.',
    EdDSA: 'Ed25519, by its older name.',
    Ed25519: 'Ed25519 (RFC 9864).',
  },
);

@Guarded((context: RequestContext) => context.require('account:write'))
@ObjectType('IdentityProvider', {
  implements: Node,
  description:
    "An OpenID Connect provider by which the account's people sign in. Its tokens are bearers here: `Authorization: Bearer <account slug>~<token>`. For account admins who are in.",
})
export class IdentityProviderType implements Node {
  @Field(() => ID, { description: 'The opaque id of this provider.' })
  id!: string;

  @Field(() => String, { description: 'The name that people read when they choose it.' })
  name!: string;

  @Field(() => String, {
    description: "The provider's URL, exactly as its tokens have it in `iss`. It never changes.",
  })
  issuer!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The client that pages sign in with; null: pages are not offered this provider.',
  })
  clientId!: string | null;

  @Field(() => [String], {
    description: 'A token is for this account where its `aud` names one of them.',
  })
  audiences!: string[];

  @Field(() => [String], { description: 'The scopes that pages ask for.' })
  scopes!: string[];

  @Field(() => [SignatureAlgorithmEnum], {
    description: 'The algorithms its tokens may be signed with.',
  })
  algorithms!: SignatureAlgorithm[];

  @Field(() => String, { description: "The claim that holds a person's e-mail address." })
  emailClaim!: string;

  @Field(() => Boolean, {
    description:
      'Whether the address counts though the token does not say that the provider verified it.',
  })
  trustsEmail!: boolean;

  @Field(() => Boolean, { description: 'Whether people who are no agents come in as contacts.' })
  admitsContacts!: boolean;

  @Field(() => Boolean, { description: 'Whether its tokens are accepted now.' })
  enabled!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When its keys were last fetched, by any process; null: it was never reached.',
  })
  keysFetchedAt!: Date | null;
}

export function toIdentityProvider(row: FoundProvider): IdentityProviderType {
  const algorithms = row.algorithms as SignatureAlgorithm[];
  return { ...row, id: nodeId('IdentityProvider', row.id), algorithms };
}
