import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The agent that belongs to a provider's subject: the agent who first signed in with it. */
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
