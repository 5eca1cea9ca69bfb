import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A customer organisation that the account serves. */
@Entity('clients')
export class ClientRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  externalId!: string | null;

  @Column('timestamptz')
  createdAt!: Date;
}
