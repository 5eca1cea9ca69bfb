import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A pass consumed below zero: owed, until a lot that comes in pays for it. */
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
