import { instant, nullable, RowCodec, text, texts, uuid, type RowOf } from './codec';

export type AgentType = 'FULL_TIME' | 'OCCASIONAL';
export type AgentStatus = 'INVITED' | 'ACTIVE' | 'DEACTIVATED';

export const newAgentRow = new RowCodec('agents', {
  id: uuid('id'),
  name: text('name'),
  type: text<AgentType>('type'),
  status: text<AgentStatus>('status'),
  role: text<'ACCOUNT_ADMIN' | 'AGENT'>('role'),
  timeZone: text('time_zone'),
  sections: texts('sections'),
  /** When the agent first became active; null: not yet. */
  activatedAtMs: nullable(instant('activated_at')),
  email: text('email'),
  createdAtMs: instant('created_at'),
});

/** An agent with the address, which has a statement of its own to change it. */
export const addressedAgentRow = newAgentRow.without('createdAtMs');
/** An agent as commands change it. */
export const agentRow = addressedAgentRow.without('email');

/** An agent that the account did not have before. */
export type NewAgent = RowOf<typeof newAgentRow>;
export type AddressedAgent = RowOf<typeof addressedAgentRow>;
/** An agent as the ledger writes it. */
export type NamedAgent = RowOf<typeof agentRow>;
/** The data for decisions about an agent's permissions and the gate. */
export type Agent = Omit<NamedAgent, 'name' | 'activatedAtMs'>;
