import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An OpenID Connect issuer whose tokens the account accepts. The issuer never changes. */
@Entity('identity_providers')
export class IdentityProviderRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  issuer!: string;

  /** The client that pages sign in with; null: pages do not offer this provider. */
  @Column('text', { nullable: true })
  clientId!: string | null;

  /** A token is accepted if its `aud` names one of them. */
  @Column('text', { array: true })
  audiences!: string[];

  /** The scopes that pages request from the provider. */
  @Column('text', { array: true })
  scopes!: string[];

  @Column('text', { array: true })
  algorithms!: string[];

  /** The claim with a person's address. */
  @Column('text')
  emailClaim!: string;

  /** Whether the address counts even if the provider does not say that it verified it. */
  @Column('boolean')
  trustsEmail!: boolean;

  /** Whether people who are not agents may sign in as contacts. */
  @Column('boolean')
  admitsContacts!: boolean;

  @Column('boolean')
  enabled!: boolean;

  /** Counts the changes of this row, and the removals of links to it. */
  @Column('integer')
  revision!: number;

  @Column('timestamptz')
  createdAt!: Date;
}
