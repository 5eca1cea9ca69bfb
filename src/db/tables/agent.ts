import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person of the service desk. Type, status, zone and sections change only under the account's journal lock. */
@Entity('agents')
export class AgentRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  email!: string;

  @Column('text')
  type!: 'FULL_TIME' | 'OCCASIONAL';

  @Column('text')
  status!: 'INVITED' | 'ACTIVE' | 'DEACTIVATED';

  @Column('text')
  role!: 'ACCOUNT_ADMIN' | 'AGENT';

  @Column('text')
  timeZone!: string;

  @Column('text', { array: true })
  sections!: string[];

  /** Counts the changes of this row. */
  @Column('integer')
  revision!: number;

  @Column('timestamptz')
  createdAt!: Date;

  /** When the agent became active for the first time; null: never, only invited. */
  @Column('timestamptz', { nullable: true })
  activatedAt!: Date | null;
}
