import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A follower of the journals, from the first start of a release that has it. */
@Entity('followers')
export class FollowerRow {
  @PrimaryColumn('text')
  name!: string;

  /** Where it began in the journals that existed then. */
  @Column('text')
  beginsAt!: 'FIRST_ENTRY' | 'PRESENT_END';

  @Column('timestamptz')
  introducedAt!: Date;
}
