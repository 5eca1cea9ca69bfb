import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Passes that arrived together. */
@Entity('lots')
export class LotRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  walletId!: string;

  @Column('integer')
  sequence!: number;

  @Column('integer')
  quantity!: number;

  /** Passes of it that were not drawn yet. */
  @Column('integer')
  remaining!: number;

  /** Lots of the lowest are drawn first. */
  @Column('smallint')
  priority!: number;

  @Column('bigint', { nullable: true })
  unitPriceMinor!: number | null;

  @Column('text', { nullable: true })
  currency!: string | null;

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;
}
