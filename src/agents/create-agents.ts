import type { DataSource } from 'typeorm';
import { newId } from '../core/ids';
import { AgentRow } from '../db/tables/agent';

export type NewAgent = Omit<AgentRow, 'accountId' | 'id' | 'revision' | 'activatedAt'>;

/** Adds agents to an account, many at once; returns their ids in the same order. */
export async function createAgents(
  source: DataSource,
  accountId: string,
  agents: readonly NewAgent[],
): Promise<string[]> {
  const rows = agents.map((agent) => ({
    ...agent,
    accountId,
    id: newId(),
    revision: 1,
    activatedAt: agent.status === 'INVITED' ? null : agent.createdAt,
  }));
  const pageSize = 1_000;
  for (let at = 0; at < rows.length; at += pageSize) {
    await source.getRepository(AgentRow).insert(rows.slice(at, at + pageSize));
  }
  return rows.map((row) => row.id);
}
