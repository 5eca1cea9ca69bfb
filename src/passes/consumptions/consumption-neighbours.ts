import { agentsById } from '../../agents/agent.queries';
import type { RequestContext } from '../../api/context';
import { clientsById } from '../../clients/client.queries';
import { ticketsById } from '../../tickets/ticket.queries';
import { walletsById } from '../../wallets/wallet.queries';
import type { ListedConsumption } from './consumption.queries';

/** Reads what the selected fields of many consumptions will ask for, all of it together. */
export async function preloadNeighbours(
  { reads }: RequestContext,
  selected: ReadonlySet<string>,
  rows: readonly ListedConsumption[],
): Promise<void> {
  const ids = (of: 'agentId' | 'walletId' | 'ticketId' | 'clientId') =>
    rows.map((row) => row[of]).filter((id) => id != null);
  await Promise.all([
    selected.has('agent') && reads.preload(agentsById, ids('agentId')),
    selected.has('wallet') && reads.preload(walletsById, ids('walletId')),
    selected.has('ticket') && reads.preload(ticketsById, ids('ticketId')),
    selected.has('client') && reads.preload(clientsById, ids('clientId')),
  ]);
}
