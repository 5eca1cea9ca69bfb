import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The passes that are not used yet. */
@Entity('wallets')
export class WalletRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  /** Null: the account's own wallet. */
  @Column('uuid', { nullable: true })
  clientId!: string | null;

  @Column('integer')
  balance!: number;

  @Column('integer', { nullable: true })
  lowBalanceThreshold!: number | null;

  /** Alerts below it. The previous release does not know them. */
  @Column('integer', { array: true })
  lowerThresholds!: number[];

  @Column('integer')
  emergencyAllowance!: number;

  @Column('timestamptz', { nullable: true })
  frozenAt!: Date | null;

  /** The last entry about it; written with the balance. */
  @Column('integer')
  lastSequence!: number;

  @Column('bytea')
  lastHash!: Buffer;

  @Column('integer')
  lastWalletSequence!: number;

  @Column('timestamptz')
  createdAt!: Date;
}
