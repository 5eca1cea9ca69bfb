import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an identity provider last published of itself. */
@Entity('provider_documents')
export class ProviderDocumentsRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  providerId!: string;

  @Column('text')
  authorizationEndpoint!: string;

  @Column('text')
  tokenEndpoint!: string;

  /** Its JSON Web Key Set. */
  @Column('text')
  keys!: string;

  @Column('timestamptz')
  fetchedAt!: Date;
}
