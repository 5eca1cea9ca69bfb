import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Passes that were bought. Only inserted. */
@Entity('purchases')
export class PurchaseRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  walletId!: string;

  @Column('uuid')
  lotId!: string;

  /** The entry that recorded it. */
  @Column('integer')
  sequence!: number;

  @Column('integer')
  quantity!: number;

  @Column('bigint')
  unitPriceMinor!: number;

  @Column('bigint')
  totalMinor!: number;

  @Column('text')
  currency!: string;

  @Column('uuid', { nullable: true })
  purchasedBy!: string | null;

  @Column('timestamptz')
  purchasedAt!: Date;

  /** The order that it completes; null if there was none. */
  @Column('uuid', { nullable: true })
  orderId!: string | null;
}
