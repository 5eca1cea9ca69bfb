import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An act of an admin or the operator. Only inserted, in the transaction of the act itself. */
@Entity('audit_events')
export class AuditEventRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  /** The account's instant, as the journal has it. */
  @Column('timestamptz')
  occurredAt!: Date;

  @Column('text', { nullable: true })
  actorKind!: 'AGENT' | 'API_KEY' | 'OPERATOR' | null;

  @Column('uuid', { nullable: true })
  actorId!: string | null;

  /** A fact in the past tense, e.g. agent.invited. */
  @Column('text')
  action!: string;

  /** The public type of what was acted on, e.g. Agent. */
  @Column('text')
  subjectType!: string;

  @Column('uuid')
  subjectId!: string;

  @Column('jsonb', { nullable: true })
  before!: object | null;

  @Column('jsonb', { nullable: true })
  after!: object | null;

  @Column('text')
  door!: 'http' | 'websocket' | 'sse' | 'cli';

  @Column('text', { nullable: true })
  ip!: string | null;

  @Column('text', { nullable: true })
  userAgent!: string | null;

  @Column('text')
  requestId!: string;
}
