import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One try to deliver an event to an endpoint. */
@Entity('webhook_tries')
export class WebhookTryRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  endpointId!: string;

  /** The number of the entry; null for a test. */
  @Column('integer', { nullable: true })
  sequence!: number | null;

  @Column('text')
  kind!: string;

  @Column('timestamptz')
  triedAt!: Date;

  @Column('boolean')
  delivered!: boolean;

  /** The HTTP status; null if no answer arrived. */
  @Column('integer', { nullable: true })
  status!: number | null;

  @Column('integer')
  milliseconds!: number;

  @Column('text', { nullable: true })
  error!: string | null;

  /** The beginning of the answer. */
  @Column('text', { nullable: true })
  answer!: string | null;

  @Column('boolean')
  replay!: boolean;
}
