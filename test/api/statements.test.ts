import { DataSource } from 'typeorm';
import {
  AgentsInFullDocument,
  ConsumptionsDocument,
  ReplyDocument,
  TicketsDocument,
  TicketsWithRepliesDocument,
} from '../generated/operations';
import { addClients, addTickets } from '../support/desk/catalogue';
import { dataOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';

/*
 * A list of 50 costs as many statements as a list of 2. Every statement of a read goes through the
 * data source's query runners; those of this process are counted.
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
});
afterAll(() => site.close());

async function statementsOf(read: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const { createQueryRunner } = DataSource.prototype;
  const spy = jest.spyOn(DataSource.prototype, 'createQueryRunner').mockImplementation(function (
    this: DataSource,
    mode,
  ) {
    const runner = createQueryRunner.call(this, mode);
    const query = runner.query.bind(runner);
    runner.query = (sql: string, ...rest: never[]) => {
      statements.push(sql);
      return query(sql, ...rest);
    };
    return runner;
  });
  try {
    await read();
  } finally {
    spy.mockRestore();
  }
  // The process's own rounds (hints, expiry, the clock) are no part of the request.
  const isOurs = (sql: string) => /pg_notify|clock_timestamp|state_revisions/.test(sql);
  return statements.filter((sql) => sql.includes('account_id') && !isOurs(sql));
}

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
  'agents in full': (first: number) =>
    site.service.request(AgentsInFullDocument, { token: desk.admin.bearer, variables: { first } }),
};

test.each(Object.entries(lists))('%s', async (_, read) => {
  const ofTwo = await statementsOf(async () => dataOf<unknown>(await read(2)));
  const ofFifty = await statementsOf(async () => dataOf<unknown>(await read(50)));
  expect(ofTwo.length).toBeGreaterThan(2);
  expect(ofFifty).toHaveLength(ofTwo.length);
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
