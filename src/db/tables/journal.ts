import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The end of an account's journal. The row is the account's lock. */
@Entity('journals')
export class JournalRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @Column('integer')
  sequence!: number;

  @Column('timestamptz')
  lastInstant!: Date;

  @Column('bytea')
  lastHash!: Buffer;
}
