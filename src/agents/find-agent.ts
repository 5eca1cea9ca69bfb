import type { RequestContext } from '../api/context';
import { agentsById } from './agent.queries';
import { toAgent, type AgentType } from './agent.type';

/** The agent that an object or a payload refers to; null if it refers to none. */
export async function findAgent(
  context: RequestContext,
  agentId: string | null,
): Promise<AgentType | null> {
  return agentId === null ? null : toAgent(await context.reads.loadExisting(agentsById, agentId));
}
