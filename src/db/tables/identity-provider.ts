import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An OpenID Connect issuer whose tokens the account takes. The issuer never changes. */
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

  /** The client that pages sign in with; null: none is offered to pages. */
  @Column('text', { nullable: true })
  clientId!: string | null;

  /** A token is for us where its `aud` names one of them. */
  @Column('text', { array: true })
  audiences!: string[];

  /** What pages ask the provider for. */
  @Column('text', { array: true })
  scopes!: string[];

  @Column('text', { array: true })
  algorithms!: string[];

  /** The claim that holds a person's address. */
  @Column('text')
  emailClaim!: string;

  /** Whether the address counts though the provider does not say that it verified it. */
  @Column('boolean')
  trustsEmail!: boolean;

  /** Whether people who are no agents come in as contacts. */
  @Column('boolean')
  admitsContacts!: boolean;

  @Column('boolean')
  enabled!: boolean;

  /** Counts the changes of this row, and those of the links to it that were taken away. */
  @Column('integer')
  revision!: number;

  @Column('timestamptz')
  createdAt!: Date;
}
