import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A job that a command requests and that no process has queued yet. */
@Entity('job_outbox')
export class JobOutboxRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  task!: string;

  /** JSON. */
  @Column('text')
  payload!: string;

  /** Not before then; null: as soon as possible. */
  @Column('timestamptz', { nullable: true })
  runAt!: Date | null;

  /** When the queue refused what is in it; null: it is to be queued. */
  @Column('timestamptz', { nullable: true })
  setAsideAt!: Date | null;
}
