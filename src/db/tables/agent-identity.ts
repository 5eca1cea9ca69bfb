import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whom a provider means by a subject: the agent who first signed in as it. */
@Entity('agent_identities')
export class AgentIdentityRow {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  providerId!: string;

  @PrimaryColumn('text')
  subject!: string;

  @Column('uuid')
  agentId!: string;

  @Column('timestamptz')
  linkedAt!: Date;
}
