import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One entry of the journal. Only inserted. */
@Entity('journal_entries')
export class JournalEntryRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('integer')
  sequence!: number;

  @Column('uuid')
  id!: string;

  @Column('text')
  kind!: string;

  @Column('uuid')
  walletId!: string;

  @Column('integer')
  walletSequence!: number;

  @Column('integer')
  delta!: number;

  @Column('integer')
  balance!: number;

  @Column('text', { nullable: true })
  actorKind!: string | null;

  @Column('uuid', { nullable: true })
  actorId!: string | null;

  @Column('uuid', { nullable: true })
  agentId!: string | null;

  @Column('uuid', { nullable: true })
  consumptionId!: string | null;

  /** JSON, as the very text that was hashed. */
  @Column('text')
  payload!: string;

  @Column('timestamptz')
  occurredAt!: Date;

  /** An idempotency key or the id of a confirmation. */
  @Column('text', { nullable: true })
  key!: string | null;

  @Column('text', { nullable: true })
  keyDigest!: string | null;

  /** The request that caused it. */
  @Column('uuid')
  commandId!: string;

  /** Seals the entry to the one before it. */
  @Column('bytea')
  hash!: Buffer;
}
