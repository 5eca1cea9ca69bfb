import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A ticket of the service desk. */
@Entity('tickets')
export class TicketRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('integer')
  number!: number;

  @Column('text')
  subject!: string;

  @Column('text')
  description!: string;

  @Column('text')
  status!: 'OPEN' | 'PENDING' | 'RESOLVED' | 'CLOSED';

  @Column('text')
  priority!: 'LOW' | 'MEDIUM' | 'HIGH' | 'URGENT';

  @Column('uuid', { nullable: true })
  clientId!: string | null;

  @Column('text')
  requesterName!: string;

  @Column('text')
  requesterEmail!: string;

  @Column('uuid', { nullable: true })
  assigneeId!: string | null;

  /** The id that the service desk gave it. */
  @Column('text', { nullable: true })
  externalId!: string | null;

  /** Counts the changes of this row. */
  @Column('integer')
  revision!: number;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
