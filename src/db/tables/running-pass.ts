import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one pass that an agent has running. */
@Entity('running_passes')
export class RunningPassRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  agentId!: string;

  @Column('uuid')
  consumptionId!: string;

  @Column('uuid')
  walletId!: string;

  @Column('timestamptz')
  expiresAt!: Date;
}
