import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The record that a pass was used. Only `reversedAt` is ever changed. */
@Entity('consumptions')
export class ConsumptionRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  agentId!: string;

  @Column('uuid')
  walletId!: string;

  /** Null for an emergency pass: it came from no lot. */
  @Column('uuid', { nullable: true })
  lotId!: string | null;

  @Column('uuid', { nullable: true })
  ticketId!: string | null;

  @Column('uuid', { nullable: true })
  clientId!: string | null;

  @Column('text')
  source!: 'PORTAL' | 'TICKET' | 'API_KEY';

  @Column('uuid')
  confirmationId!: string;

  @Column('integer')
  sequence!: number;

  @Column('text')
  timeZone!: string;

  @Column('integer')
  utcOffsetMinutes!: number;

  @Column('text')
  tzdataVersion!: string;

  @Column('date')
  localDate!: string;

  @Column('timestamptz')
  startsAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  reversedAt!: Date | null;

  @Column('boolean')
  emergency!: boolean;

  @Column('bigint', { nullable: true })
  priceMinor!: number | null;

  @Column('text', { nullable: true })
  priceCurrency!: string | null;

  @Column('text', { nullable: true })
  consentNotice!: string | null;

  @Column('text', { nullable: true })
  consentLocale!: string | null;

  @Column('timestamptz', { nullable: true })
  consentAt!: Date | null;

  /** The service key in whose portal session the agent consented; null for the agent's own sign-in. */
  @Column('uuid', { nullable: true })
  sessionKeyId!: string | null;
}
