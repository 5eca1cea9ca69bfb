import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody of the service desk wrote on a ticket. It stays as it was written. */
@Entity('ticket_replies')
export class TicketReplyRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  ticketId!: string;

  /** The ticket's revision that it made: its place among the ticket's replies. */
  @Column('integer')
  ticketRevision!: number;

  /** Null for a service key, which is no agent. */
  @Column('uuid', { nullable: true })
  agentId!: string | null;

  /** What the author was called then. */
  @Column('text')
  authorName!: string;

  @Column('text')
  body!: string;

  /** The idempotency key. */
  @Column('text')
  key!: string;

  /** Tells whether the key comes again with the same input. */
  @Column('text')
  keyDigest!: string;

  @Column('timestamptz')
  createdAt!: Date;
}
