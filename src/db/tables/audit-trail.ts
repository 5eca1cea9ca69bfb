import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where an account's audit trail ends. The row is the lock under which events are appended. */
@Entity('audit_trails')
export class AuditTrailRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @Column('integer')
  sequence!: number;

  @Column('bytea')
  lastHash!: Buffer;

  /** Until then events without a seal are those of the previous release; null: there is none. */
  @Column('timestamptz', { nullable: true })
  adoptsUntil!: Date | null;
}
