import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A text of the service desk on a ticket. It never changes. */
@Entity('ticket_replies')
export class TicketReplyRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  ticketId!: string;

  /**
   * The ticket's revision that the reply made: its place among the ticket's replies. Ids and instants
   * come from several processes, so the later of two replies may have the earlier of both.
   */
  @Column('integer')
  ticketRevision!: number;

  /** Null for a service key, which has no agent. */
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

  /** Shows whether the key comes again with the same input. */
  @Column('text')
  keyDigest!: string;

  @Column('timestamptz')
  createdAt!: Date;
}
