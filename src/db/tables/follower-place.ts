import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a follower stands in an account's journal. Without a row it stands before the first entry. */
@Entity('follower_places')
export class FollowerPlaceRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('text')
  follower!: string;

  /** The number of the last entry that it has handled, or that does not concern it. */
  @Column('integer')
  sequence!: number;

  /** How often it has failed since it last succeeded. */
  @Column('integer', { default: 0 })
  failures!: number;

  /** The first of these failures; null if nothing has failed. */
  @Column('timestamptz', { nullable: true })
  failingSince!: Date | null;

  /** Until then no process tries again. */
  @Column('timestamptz', { nullable: true })
  retryAt!: Date | null;
}
