import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What happens to an account at an instant that is known before. */
@Entity('due_items')
@Index('due_items_at_idx', ['at', 'accountId'])
export class DueItemRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  /** Which module of `src/ledger/books/due` knows what happens. */
  @PrimaryColumn('text')
  kind!: string;

  /** The id of the row that it happens to. */
  @PrimaryColumn('uuid')
  subject!: string;

  /** By the account's clock. */
  @Column('timestamptz')
  at!: Date;
}
