import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something that happened and that people should learn of. */
@Entity('notices')
export class NoticeRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  /** 1, 2, 3 … within the account, in the order in which readers see them. */
  @Column('integer')
  number!: number;

  @Column('text')
  kind!: string;

  /** By the account's clock. */
  @Column('timestamptz')
  occurredAt!: Date;

  /** The entry that it reports; null if it does not come from the journal. */
  @Column('integer', { nullable: true })
  sequence!: number | null;

  @Column('uuid', { nullable: true })
  walletId!: string | null;

  @Column('integer', { nullable: true })
  threshold!: number | null;

  @Column('integer', { nullable: true })
  balance!: number | null;

  @Column('jsonb')
  facts!: object;

  /** The one agent whom it concerns; null: the account admins. */
  @Column('uuid', { nullable: true })
  agentId!: string | null;

  /** By the database's clock: it is deleted 90 days later. */
  @Column('timestamptz')
  createdAt!: Date;
}
