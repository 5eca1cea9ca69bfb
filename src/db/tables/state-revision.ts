import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Counts the changes of an account's state that is not in its journal. */
@Entity('state_revisions')
export class StateRevisionRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @Column('bigint')
  revision!: number;

  /** The number of the account's last notice. */
  @Column('integer')
  notices!: number;
}
