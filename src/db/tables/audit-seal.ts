import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An event's place in the audit trail's chain. Only inserted, with the event. */
@Entity('audit_seals')
export class AuditSealRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  /** From 1 on, without holes. */
  @PrimaryColumn('integer')
  sequence!: number;

  @Column('uuid')
  eventId!: string;

  /** Of the hash before it and the event. */
  @Column('bytea')
  hash!: Buffer;
}
