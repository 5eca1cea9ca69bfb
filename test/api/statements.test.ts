import { parse } from 'graphql';
import { BoundedClient } from '../../src/db/bounded-client';
import {
  AgentsInFullDocument,
  ConsumptionsDocument,
  ReplyDocument,
  TicketsDocument,
  TicketsWithRepliesDocument,
} from '../generated/operations';
import { comesToRest } from '../support/desk/at-rest';
import { addClients, addTickets } from '../support/desk/catalogue';
import { dataOf, eventually, openTestSite, type Desk, type TestSite } from '../support/desk/desk';

/*
 * A list of 50 costs as many statements as a list of 2. Every statement goes through the driver's
 * client; those of this process are counted.
 */

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
  desk = await site.openDesk({ agents: 50, passes: 200 });
  await addClients(desk, 'acme', 'blue');
  const emails = await desk.sql<{ email: string }>(
    'select email from agents where account_id = $1',
  );
  const tickets = await addTickets(desk, 50, (at) => ({
    clientExternalId: at % 2 ? 'acme' : 'blue',
    assigneeEmail: emails[at]!.email,
  }));
  for (const [at, { id: ticketId }] of tickets.entries()) {
    const input = { ticketId, body: 'Looked at', idempotencyKey: `reply ${at}` };
    dataOf(
      await site.service.request(ReplyDocument, { token: desk.admin.bearer, variables: { input } }),
    );
  }
  await desk.site.source.query(`update accounts set sandbox = true where id = $1`, [
    desk.accountId,
  ]);
  await Promise.all(
    desk.agents.map(async (agent, at) => {
      const token = await desk.tokenFor(agent, { ticketExternalId: `T${at + 1}` });
      await desk.proceed(agent, token);
    }),
  );
  // What followers ask about the account would be counted, too.
  await comesToRest(desk);
});
afterAll(() => site.close());

interface Asked {
  statements: string[];
  /** How often the request waited for the database: what is asked together counts once. */
  roundTrips: number;
}

/** Connections that are in the transaction of a follower: it works beside the request. */
const ofFollowers = new WeakSet<BoundedClient>();

function isOfFollower(client: BoundedClient, text: string): boolean {
  if (/from follower_places[^]*for update skip locked/.test(text)) ofFollowers.add(client);
  return ofFollowers.has(client) || text.includes('into follower_places');
}

async function askedBy(read: () => Promise<unknown>): Promise<Asked> {
  const asked: Asked = { statements: [], roundTrips: 0 };
  let unanswered = 0;
  const { query, queryGroup } = BoundedClient.prototype;
  const groups = jest.spyOn(BoundedClient.prototype, 'queryGroup').mockImplementation(function (
    this: BoundedClient,
    statements,
  ) {
    const answer = queryGroup.call(this, statements);
    const own = statements.filter(({ values }) => values?.[0] === desk.accountId);
    if (own.length === 0) return answer;
    asked.statements.push(...own.map(({ text }) => text));
    if (unanswered === 0) asked.roundTrips += 1;
    unanswered += 1;
    return answer.finally(() => (unanswered -= 1));
  });
  const spy = jest.spyOn(BoundedClient.prototype, 'query').mockImplementation(function (
    this: BoundedClient,
    ...given: unknown[]
  ): never {
    const [config, values] = given as [string | { text: string; values?: unknown[] }, unknown[]?];
    const statement = typeof config === 'string' ? { text: config, values } : config;
    // The process's own rounds (hints, expiry, sweeps) name no account, or many.
    if (statement.values?.[0] !== desk.accountId || isOfFollower(this, statement.text)) {
      if (/^\s*(?:commit|rollback)/i.test(statement.text)) ofFollowers.delete(this);
      return query.apply(this, given);
    }
    asked.statements.push(statement.text);
    if (unanswered === 0) asked.roundTrips += 1;
    unanswered += 1;
    const callback = given.at(-1);
    const answered = () => (unanswered -= 1);
    if (typeof callback === 'function') {
      const counted = (...answer: unknown[]) => {
        answered();
        (callback as (...answer: unknown[]) => void)(...answer);
      };
      return query.apply(this, [...given.slice(0, -1), counted]);
    }
    const answer = query.apply(this, given) as Promise<unknown>;
    answer.then(answered, answered);
    return answer as never;
  });
  try {
    await read();
  } finally {
    spy.mockRestore();
    groups.mockRestore();
  }
  return asked;
}

const statementsOf = async (read: () => Promise<unknown>) => (await askedBy(read)).statements;

const page = (first: number) => `{ dayPassConsumptions(first: ${first}) { edges { node {
  id status agent { id name } wallet { id name balance } } } } }`;

const query = (text: string) =>
  site.service.request<unknown, object>(parse(text), { token: desk.admin.bearer });

const lists = {
  tickets: (first: number) =>
    site.service.request(TicketsDocument, { token: desk.admin.bearer, variables: { first } }),
  'tickets with replies': (first: number) =>
    site.service.request(TicketsWithRepliesDocument, {
      token: desk.admin.bearer,
      variables: { first },
    }),
  consumptions: (first: number) =>
    site.service.request(ConsumptionsDocument, { token: desk.admin.bearer, variables: { first } }),
  'consumptions alone': (first: number) =>
    query(`{ dayPassConsumptions(first: ${first}) { edges {
    node { source localDate timeZone startsAt expiresAt status } } } }`),
  'consumptions with what was paid': (first: number) =>
    query(`{ dayPassConsumptions(first: ${first}) { edges { node { source paid { amount } } } } }`),
  'what was paid for the passes of each agent': (first: number) =>
    query(`{ agents(first: ${first}) { edges { node {
      dayPassConsumptions(first: 2) { edges { node { paid { amount } } } } } } } }`),
  'consumptions with neighbours': (first: number) => query(page(first)),
  'agents in full': (first: number) =>
    site.service.request(AgentsInFullDocument, { token: desk.admin.bearer, variables: { first } }),
};

test.each(Object.entries(lists))('%s', async (_, read) => {
  // What the process keeps for some seconds, such as the caller's access, may end between two reads.
  await eventually(async () => {
    const ofTwo = await statementsOf(async () => dataOf<unknown>(await read(2)));
    const ofFifty = await statementsOf(async () => dataOf<unknown>(await read(50)));
    expect(ofTwo.length).toBeGreaterThanOrEqual(2);
    expect(ofFifty).toHaveLength(ofTwo.length);
  });
});

test.each([
  ['of consumptions alone waits for access and page', lists['consumptions alone'], 2, 2],
  [
    'of consumptions with what was paid waits no longer',
    lists['consumptions with what was paid'],
    2,
    2,
  ],
  [
    'of consumptions with agents and wallets waits once more',
    lists['consumptions with neighbours'],
    4,
    3,
  ],
])('a page %s', async (_, read, statements, roundTrips) => {
  const asked = await askedBy(async () => dataOf<unknown>(await read(50)));
  expect(asked.statements).toHaveLength(statements);
  expect(asked.roundTrips).toBe(roundTrips);
});

test('the total is counted only if it is selected', async () => {
  const counted = await statementsOf(async () => lists.tickets(2));
  expect(counted.filter((sql) => sql.includes('as counted'))).toHaveLength(1);
  const query = '{ tickets { edges { cursor } } }';
  const uncounted = await statementsOf(() =>
    fetch(`${site.service.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${desk.admin.bearer}`,
      },
      body: JSON.stringify({ query }),
    }),
  );
  expect(uncounted.length).toBeGreaterThan(0);
  expect(uncounted.filter((sql) => sql.includes('as counted'))).toEqual([]);
});

test('a consumption waits for its transaction alone, and its answer is what a read would find', async () => {
  await desk.add(1);
  const [agent] = await desk.addAgents([{}]);
  const token = await desk.tokenFor(agent!);
  // The count of round trips is of this request alone.
  await comesToRest(desk);
  let answer: Awaited<ReturnType<typeof desk.proceed>> | undefined;
  const asked = await askedBy(async () => {
    answer = await desk.proceed(agent!, token);
  });
  // The lock with the load, and the changes with the commit.
  expect(asked.roundTrips).toBe(2);
  expect(asked.statements.filter((sql) => /^\s*select (row|a)\./.test(sql))).toEqual([]);
  const again = await desk.proceed(agent!, token);
  expect(again).toEqual({ ...answer, replayed: true });
});
