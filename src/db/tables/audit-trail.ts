import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The end of an account's audit trail. The row is the lock under which events are appended. */
@Entity('audit_trails')
export class AuditTrailRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @Column('integer')
  sequence!: number;

  @Column('bytea')
  lastHash!: Buffer;

  /** Until then, events without a seal are those of the previous release; null: no such events exist. */
  @Column('timestamptz', { nullable: true })
  adoptsUntil!: Date | null;
}
