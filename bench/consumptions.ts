import type { Pool } from 'pg';
import { consumeAlone } from './baseline/one-by-one';
import type { CpuMeter, Sample } from './support/cpu';
import type { HttpConnection } from './support/http-connection';
import { eachClient, withConnections, type Post } from './support/load';
import type { BenchAccount, Person } from './support/people';

const gateQuery = JSON.stringify({
  query: `{ viewer { portalAccess { ... on DayPassRequired { confirmation { token } } } } }`,
});
const consume = `mutation Proceed($input: ConsumeDayPassInput!) { consumeDayPass(input: $input) {
  consumption { id expiresAt } wallet { balance } replayed userErrors { code } } }`;

/** A whole answer, and no fault in it: what was refused or only replayed would be cheaper. */
export const acceptedAnswer =
  /"consumption":\{"id":.*"wallet":\{"balance":\d+\},"replayed":false,"userErrors":\[\]/;

/** Agents of all accounts in turn, so that neighbours in the list are of different accounts. */
export function inTurn(accounts: readonly BenchAccount[]): Person[] {
  const most = Math.max(...accounts.map(({ agents }) => agents.length));
  return Array.from({ length: most }, (_, at) =>
    accounts.flatMap(({ agents }) => agents[at] ?? []),
  ).flat();
}

/** Asks the gate, which answers with a token that Proceed sends back. */
export async function askConfirmation(connection: HttpConnection, bearer: string): Promise<string> {
  const answer = JSON.parse(await connection.post(gateQuery, bearer));
  return answer.data.viewer.portalAccess.confirmation.token;
}

/** The body of the request that uses a pass. */
export function proceedWith(confirmationToken: string): string {
  return JSON.stringify({ query: consume, variables: { input: { confirmationToken } } });
}

/** One pass each for the first `count` of `agents`, who are removed from the list. */
export interface Consumptions {
  agents: Person[];
  count: number;
  meter: CpuMeter;
}

/**
 * Consumptions per second through HTTP with bearers and confirmations. The gate is asked first, out of
 * the measure.
 */
export function overHttp(
  serviceUrl: string,
  { agents, count, meter }: Consumptions,
): Promise<Sample> {
  const taken = take(agents, count);
  return withConnections(`${serviceUrl}/graphql`, async (connections) => {
    const proceeds: Post[] = [];
    await eachClient(taken, async ({ bearer }, client) => {
      const token = await askConfirmation(connections[client]!, bearer);
      proceeds.push({ bearer, body: proceedWith(token) });
    });
    const cpuOf = meter.start();
    const startedAt = performance.now();
    await eachClient(proceeds, async ({ bearer, body }, client) => {
      const answer = await connections[client]!.post(body, bearer);
      if (!acceptedAnswer.test(answer)) throw new Error(answer);
    });
    return { value: perSecond(count, startedAt), cpu: cpuOf(count) };
  });
}

/** The same by one interactive transaction each, with no HTTP. */
export async function oneByOne(
  pool: Pool,
  { agents, count, meter }: Consumptions,
): Promise<Sample> {
  const taken = take(agents, count);
  const cpuOf = meter.start();
  const startedAt = performance.now();
  await eachClient(taken, ({ accountId, id: agentId }) =>
    consumeAlone(pool, { accountId, agentId }),
  );
  return { value: perSecond(count, startedAt), cpu: cpuOf(count) };
}

const perSecond = (count: number, startedAt: number) =>
  (count * 1_000) / (performance.now() - startedAt);

export function take(agents: Person[], count: number): Person[] {
  if (agents.length < count) throw new Error('There are too few agents without a pass.');
  return agents.splice(0, count);
}
