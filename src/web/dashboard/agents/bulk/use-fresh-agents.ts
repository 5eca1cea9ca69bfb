import { useEffect, useState } from 'react';
import { BulkAgentsDocument, LastingAdminsDocument } from '../../../generated/app';
import { ask } from '../../../session/use-api-query';
import type { Agent } from '../agent-words';
import type { BulkQuestion } from './plan-acts';

type Fresh = Pick<BulkQuestion, 'agents' | 'lastingAdmins'>;

/** The most ids of one request. */
const idsMax = 100;

/**
 * Reads the chosen agents again: the list may be older than a colleague's change. They are read once,
 * so that the preview shows what was before the act.
 */
export function useFreshAgents(chosen: ReadonlyMap<string, Agent>): {
  fresh: Fresh | null;
  error: Error | null;
  retry: () => void;
} {
  const [asked] = useState(chosen);
  const [turn, setTurn] = useState(0);
  const [fresh, setFresh] = useState<Fresh | null>(null);
  const [error, setError] = useState<Error | null>(null);
  useEffect(() => {
    const control = new AbortController();
    readAgents(asked, control.signal).then(setFresh, (failure: Error) => {
      if (!control.signal.aborted) setError(failure);
    });
    return () => control.abort();
  }, [asked, turn]);
  return {
    fresh,
    error,
    retry() {
      setError(null);
      setTurn(turn + 1);
    },
  };
}

async function readAgents(chosen: ReadonlyMap<string, Agent>, signal: AbortSignal): Promise<Fresh> {
  const ids = [...chosen.keys()];
  const found = new Map<string, Agent>();
  for (let at = 0; at < ids.length; at += idsMax) {
    const part = { ids: ids.slice(at, at + idsMax) };
    const { nodes } = await ask(BulkAgentsDocument, part, signal);
    for (const node of nodes) if (isAgent(node)) found.set(node.id, node);
  }
  const { agents } = await ask(LastingAdminsDocument, {}, signal);
  return {
    agents: [...chosen].map(([id, before]) => ({
      agent: found.get(id) ?? before,
      isGone: !found.has(id),
    })),
    // Not counted above 10,000: then no act of a page takes the last one.
    lastingAdmins: agents?.totalCount ?? Infinity,
  };
}

/** An id of another kind has no fields here. */
function isAgent(node: object | null): node is Agent {
  return node !== null && 'email' in node;
}
