import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one link by which an invited agent becomes active. A new one replaces the old. */
@Entity('invitations')
export class InvitationRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  agentId!: string;

  /** SHA-256 of the token, which is nowhere stored itself. */
  @Column('bytea')
  tokenHash!: Buffer;

  /** By the database's clock: a sandbox's test clock ends no link. */
  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  usedAt!: Date | null;
}
