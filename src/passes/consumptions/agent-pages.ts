import type { Connection } from '../../api/connection';
import type { RequestContext } from '../../api/context';
import { encodeListCursor, readPageRequest, type PageRequest } from '../../api/page.rules';
import { connectionOf, readPage, type List } from '../../api/read-page';
import type { Consumption } from '../../ledger/model/ledger';
import { agentPageKey, passCounts, passPages } from './agent-passes.queries';
import { consumptionOrders } from './consumption-list.queries';
import { consumptionShape, consumptionsById } from './consumption.queries';
import { toConsumption, type ConsumptionType } from './consumption.type';

const order = {
  name: 'STARTS_AT',
  keys: consumptionOrders.STARTS_AT,
  direction: 'DESC' as const,
};

/**
 * One page of one agent's passes, newest first. Without a cursor the same page is read for every
 * agent in a list, so that one statement reads all of them; a cursor belongs to one agent.
 */
export async function readAgentPasses(
  context: RequestContext,
  agentId: string,
  request: PageRequest,
): Promise<Connection<ConsumptionType>> {
  const { scope } = context.account;
  const name = `consumptions of ${agentId}`;
  const place = { list: name, accountId: scope.accountId, order };
  const page = readPageRequest(request, place);
  if (page.after !== null || page.before !== null) {
    const rows = scope.rows(consumptionShape).andWhere('row.agent_id = :agentId', { agentId });
    const list: List<Consumption> = { name, rows, order };
    return readPage(scope, list, request, toConsumption);
  }

  const key = agentPageKey(agentId, page.size + 1, page.backwards);
  const keyed = await context.reads.loadExisting(passPages, key);
  const found = await Promise.all(
    keyed.map(async ({ row: id, key: at }) => ({
      row: await context.reads.loadExisting(consumptionsById, id),
      key: at,
    })),
  );
  return connectionOf(page, found, {
    cursorOf: (at) => encodeListCursor(place, at),
    toNode: toConsumption,
    // Without a cursor nothing bounds the page, so this is not read.
    hasRows: () => Promise.resolve(false),
    total: async () => (await context.reads.loadExisting(passCounts, agentId)).count,
  });
}
