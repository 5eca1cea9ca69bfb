import type { DataSource } from 'typeorm';
import type { AccountScope } from '../db/account-scope';
import { AgentRow } from '../db/tables/agent';

/** Loads agents by id. */
export async function agentsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(AgentRow | null)[]> {
  const rows = await scope.select(AgentRow).andWhere('row.id = any(:ids)', { ids }).getMany();
  return ids.map((id) => rows.find((row) => row.id === id) ?? null);
}

/** Agents of an account for the command line, which has no principal: one by e-mail, or all. */
export function listAgents(
  source: DataSource,
  where: { accountId: string; email?: string },
): Promise<AgentRow[]> {
  return source.getRepository(AgentRow).find({ where, order: { email: 'asc' } });
}
