import { Column, Entity, Generated, PrimaryColumn } from 'typeorm';

/** One MSP: the tenant. Its id leads every key of every other table of the account. */
@Entity('accounts')
export class AccountRow {
  @PrimaryColumn('uuid')
  id!: string;

  /** A short number, a part of the numbers of its invoices. The database gives it. */
  @Column({ type: 'integer', generatedIdentity: 'BY DEFAULT' })
  // TypeORM knows the strategy, but its types do not.
  @Generated('identity' as 'increment')
  number!: number;

  @Column('text')
  slug!: string;

  @Column('text')
  name!: string;

  /** The plan whose day-pass prices apply. */
  @Column('text')
  plan!: string;

  /** ISO 4217. */
  @Column('text')
  currency!: string;

  @Column('text')
  timeZone!: string;

  @Column('boolean')
  emailNotificationsEnabled!: boolean;

  /** Whether agents may use passes in portal sessions, where the partner vouches for their consent. */
  @Column('boolean', { default: true })
  allowSessionConsume!: boolean;

  /** Of notices in channels, and to people who have chosen none: a BCP 47 tag. */
  @Column('text', { default: 'en' })
  noticeLanguage!: string;

  /** How pages write dates and numbers: a BCP 47 tag. */
  @Column('text', { default: 'en-GB' })
  locale!: string;

  @Column('boolean')
  sandbox!: boolean;

  /** How far a sandbox's clock runs ahead of the database's, in milliseconds. */
  @Column('bigint')
  testClockOffsetMs!: number;

  /**
   * A seed is writing its past. Until this is done, no other process ends passes and lots that are
   * due in it.
   */
  @Column('boolean')
  seeding!: boolean;

  @Column('timestamptz')
  createdAt!: Date;

  /** Whether the operator sells the passes; else the account's admins add them. */
  @Column('text')
  billingMode!: 'UNBILLED' | 'BILLED';

  /** The highest emergency allowance that an admin of a BILLED account may set. */
  @Column('integer')
  emergencyCeiling!: number;

  /** Days until an invoice is due; null: nothing is sold to the account on terms. */
  @Column('integer', { nullable: true })
  termsDays!: number | null;

  /** The most that may be open at once, with tax. */
  @Column('bigint', { nullable: true })
  creditLimitMinor!: number | null;

  @Column('boolean', { default: true })
  creditFirst!: boolean;

  @Column('timestamptz', { nullable: true })
  holdSince!: Date | null;

  /** What a licence of a full-time agent costs per month; null: the admins have not entered it. */
  @Column('bigint', { nullable: true })
  seatPriceMinor!: number | null;

  /** Since then nothing is bought, granted or used; null: the account is open. */
  @Column('timestamptz', { nullable: true })
  closedAt!: Date | null;

  /** When the last pass ends that ran when the account was closed: then the gate is shut for all. */
  @Column('timestamptz', { nullable: true })
  gateShutsAt!: Date | null;
}
