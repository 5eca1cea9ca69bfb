import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A key of an agent, or a service key of the account. It is revoked under the account's journal lock. */
@Entity('api_keys')
export class ApiKeyRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  /** Null: a service key. */
  @Column('uuid', { nullable: true })
  agentId!: string | null;

  @Column('text', { array: true })
  scopes!: string[];

  /** Null for a service key, which never uses a pass. */
  @Column('text', { nullable: true })
  whenNoDayPass!: 'CONSUME' | 'REJECT' | null;

  /** SHA-256 of the secret; the secret itself is kept nowhere. */
  @Column('bytea')
  secretHash!: Buffer;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;

  /** To the minute: it is written after the requests, and rarely. */
  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
