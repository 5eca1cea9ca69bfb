import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An address of a partner that receives the entries of the account's journal, in their order. */
@Entity('webhook_endpoints')
export class WebhookEndpointRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  url!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  /** Kinds of entries; empty: all. */
  @Column('text', { array: true })
  kinds!: string[];

  @Column('text')
  state!: 'ACTIVE' | 'PAUSED' | 'PAUSED_FAILING';

  /** The number of the last entry that was delivered, skipped, or is of another kind. */
  @Column('integer')
  sequence!: number;

  /** The secret is computed from it, and stored nowhere. */
  @Column('integer', { default: 1 })
  secretVersion!: number;

  /** Until then the secret of the version before also signs. */
  @Column('timestamptz', { nullable: true })
  previousSecretUntil!: Date | null;

  /** How often delivery has failed since it last succeeded. */
  @Column('integer', { default: 0 })
  failures!: number;

  @Column('timestamptz', { nullable: true })
  failingSince!: Date | null;

  /** Until then nothing is sent. */
  @Column('timestamptz', { nullable: true })
  retryAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  lastSuccessAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  pausedAt!: Date | null;

  /** The place of a replay: the entries after it, through `replayThrough`, are sent again. */
  @Column('integer', { nullable: true })
  replayAfter!: number | null;

  @Column('integer', { nullable: true })
  replayThrough!: number | null;

  /** Only these entries are replayed; null: all between the two. */
  @Column('integer', { array: true, nullable: true })
  replaySequences!: number[] | null;

  /** The turn that may deliver and write now, until `leaseUntil`. A change of settings ends it. */
  @Column('uuid', { nullable: true })
  lease!: string | null;

  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;
}
