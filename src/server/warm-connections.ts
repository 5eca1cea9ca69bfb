import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { loadAgentAccess } from '../access/agent-access';
import { nilId } from '../core/ids';
import { AccountScope } from '../db/account-scope';
import { poolOf } from '../db/data-source';
import { keepConnections } from '../db/kept-connections';
import { warmWriter } from '../ledger/writer/warm-writer';
import { readGateFacts } from '../passes/gate/gate.queries';

/** Keeps connections of each pool open and warm, so that the first click of a quiet day finds them so. */
export function warmConnections(pools: { sources: readonly DataSource[]; writers: Pool }): void {
  for (const source of pools.sources) keepConnections(poolOf(source), () => warmReader(source));
  keepConnections(pools.writers, () => warmWriter(pools.writers));
}

/** What a question to the gate reads, about an agent of an account that does not exist. */
async function warmReader(source: DataSource): Promise<void> {
  const scope = new AccountScope(source, nilId);
  const question = { databaseNowMs: 0, agentId: nilId, ticketId: null, ticketExternalId: null };
  await readGateFacts(scope, [question]);
  await loadAgentAccess(scope, [nilId]);
}
