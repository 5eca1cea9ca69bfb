import {
  AgentsDocument,
  type AgentFilter,
  type AgentOrder,
  type AgentPartsFragment,
} from '../../generated/app';
import { ask } from '../../session/use-api-query';
import type { ReadPage } from '../ledger/ledger-pages';

/** Reads the list with its filter and order, in the largest pages. */
export function agentPages(filter: AgentFilter, orderBy: AgentOrder): ReadPage<AgentPartsFragment> {
  return async (after, signal) => {
    const { agents } = await ask(AgentsDocument, { filter, orderBy, after, first: 100 }, signal);
    const { totalCount, edges, pageInfo } = agents!;
    return { totalCount, edges, pageInfo };
  };
}
