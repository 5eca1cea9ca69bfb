import type { Pool } from 'pg';
import { consumeAlone } from './baseline/one-by-one';
import { eachClient, withConnections, type Post } from './support/load';
import type { BenchAccount, Person } from './support/people';

const gateQuery = JSON.stringify({
  query: `{ viewer { portalAccess { ... on DayPassRequired { confirmation { token } } } } }`,
});
const consume = `mutation Proceed($input: ConsumeDayPassInput!) { consumeDayPass(input: $input) {
  consumption { id expiresAt } wallet { balance } replayed userErrors { code } } }`;

/** A whole answer, and no fault in it: what was refused or only replayed would be cheaper. */
const acceptedAnswer =
  /"consumption":\{"id":.*"wallet":\{"balance":\d+\},"replayed":false,"userErrors":\[\]/;

/** Agents of all accounts in turn, so that neighbours in the list are of different accounts. */
export function inTurn(accounts: readonly BenchAccount[]): Person[] {
  const most = Math.max(...accounts.map(({ agents }) => agents.length));
  return Array.from({ length: most }, (_, at) =>
    accounts.flatMap(({ agents }) => agents[at] ?? []),
  ).flat();
}

/**
 * Consumptions a second through HTTP with bearers and confirmations, one for each of the first
 * `count` of `agents`, who are taken from the list. The gate is asked first, out of the measure.
 */
export function overHttp(serviceUrl: string, agents: Person[], count: number): Promise<number> {
  const taken = take(agents, count);
  return withConnections(`${serviceUrl}/graphql`, async (connections) => {
    const proceeds: Post[] = [];
    await eachClient(taken, async ({ bearer }, client) => {
      const answer = JSON.parse(await connections[client]!.post(gateQuery, bearer));
      const confirmationToken = answer.data.viewer.portalAccess.confirmation.token;
      const variables = { input: { confirmationToken } };
      proceeds.push({ bearer, body: JSON.stringify({ query: consume, variables }) });
    });
    const startedAt = performance.now();
    await eachClient(proceeds, async ({ bearer, body }, client) => {
      const answer = await connections[client]!.post(body, bearer);
      if (!acceptedAnswer.test(answer)) throw new Error(answer);
    });
    return (count * 1_000) / (performance.now() - startedAt);
  });
}

/** The same by one interactive transaction each, with no HTTP. */
export async function oneByOne(pool: Pool, agents: Person[], count: number): Promise<number> {
  const taken = take(agents, count);
  const startedAt = performance.now();
  await eachClient(taken, ({ accountId, id: agentId }) =>
    consumeAlone(pool, { accountId, agentId }),
  );
  return (count * 1_000) / (performance.now() - startedAt);
}

function take(agents: Person[], count: number): Person[] {
  if (agents.length < count) throw new Error('There are too few agents without a pass.');
  return agents.splice(0, count);
}
