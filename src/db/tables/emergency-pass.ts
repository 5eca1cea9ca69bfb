import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A pass that was used below zero: it is owed until a later lot pays for it. It has its own table
 * because only `reversed_at` of a consumption may change. A reversal needs the lot that paid: the
 * pass returns to it, or to no lot while it is owed.
 */
@Entity('emergency_passes')
export class EmergencyPassRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  consumptionId!: string;

  @Column('uuid')
  walletId!: string;

  @Column('integer')
  sequence!: number;

  /** Null while it is owed. */
  @Column('uuid', { nullable: true })
  settledByLotId!: string | null;
}
