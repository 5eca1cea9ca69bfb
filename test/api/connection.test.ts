import {
  AgentPassesDocument,
  AgentsDocument,
  ClientsDocument,
  TicketReferencesDocument,
  TicketsDocument,
  type TicketsQueryVariables,
} from '../generated/operations';
import { addClients, addTickets, ticketInput, upsertTickets } from '../support/desk/catalogue';
import { dataOf, faultCodeOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  desk = await site.openDesk();
});

const ask = (variables: TicketsQueryVariables = {}) =>
  site.service.request(TicketsDocument, { token: desk.admin.bearer, variables });

const page = async (variables: TicketsQueryVariables = {}) => {
  const { edges, ...rest } = dataOf(await ask(variables)).tickets!;
  return { ...rest, edges, numbers: edges.map(({ node }) => node.number) };
};

const countdown = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, at) => from - at);

test('forwards and backwards, the pages together are the whole list, each row once', async () => {
  await addTickets(desk, 47);
  const forwards: number[] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const { numbers, pageInfo } = await page({ first: 10, after });
    forwards.push(...numbers);
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    more = pageInfo.hasNextPage;
    after = pageInfo.endCursor!;
  }
  expect(forwards).toEqual(countdown(47, 1));

  const backwards: number[] = [];
  let before: string | null = null;
  for (let more = true; more;) {
    const { numbers, pageInfo } = await page({ last: 10, before });
    backwards.unshift(...numbers);
    expect(pageInfo.hasNextPage).toBe(before !== null);
    more = pageInfo.hasPreviousPage;
    before = pageInfo.startCursor!;
  }
  expect(backwards).toEqual(countdown(47, 1));
});

test('rows with equal values are paged by their id, none twice and none left out', async () => {
  await addTickets(desk, 30);
  await desk.sql(
    `update tickets set updated_at = '2026-01-01T00:00:00.123456Z' where account_id = $1`,
  );
  const seen: number[] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const orderBy = { field: 'UPDATED_AT', direction: 'ASC' } as const;
    const { numbers, pageInfo } = await page({ first: 7, after, orderBy });
    seen.push(...numbers);
    more = pageInfo.hasNextPage;
    after = pageInfo.endCursor!;
  }
  expect(seen.sort((a, b) => a - b)).toEqual(countdown(30, 1).reverse());
});

test('rows written in the meantime move none that are still to be read', async () => {
  await addTickets(desk, 20);
  const first = await page({ first: 8 });
  await upsertTickets(desk, [ticketInput('newer'), ticketInput('newest')]);
  const rest = await page({ first: 100, after: first.pageInfo.endCursor });
  expect([...first.numbers, ...rest.numbers]).toEqual(countdown(20, 1));
  expect(rest.totalCount).toBe(22);
});

test('a page between two cursors reports whether there are more on either side', async () => {
  await addTickets(desk, 9);
  const { edges } = await page({ first: 100 });
  const between = { after: edges[1]!.cursor, before: edges[7]!.cursor };
  const inside = await page({ first: 100, ...between });
  expect(inside.numbers).toEqual([7, 6, 5, 4, 3]);
  expect(inside.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  expect((await page({ last: 2, ...between })).numbers).toEqual([4, 3]);
});

test('twenty rows by default, none for 0, at most 100', async () => {
  await addTickets(desk, 25);
  expect((await page()).numbers).toHaveLength(20);
  const none = await page({ first: 0 });
  expect(none).toMatchObject({
    numbers: [],
    totalCount: 25,
    pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
  expect((await page({ first: 100 })).numbers).toHaveLength(25);
});

test.each<[TicketsQueryVariables['filter'], number[]]>([
  [{ createdSince: '2026-01-02T00:00:00Z' }, [3, 2]],
  [{ createdBefore: '2026-01-02T00:00:00Z' }, [1]],
  [{ createdSince: '2026-01-02T00:00:00Z', createdBefore: '2026-01-03T00:00:00Z' }, [2]],
  [{ createdSince: '2026-01-02T01:00:00+01:00', createdBefore: null }, [3, 2]],
  [{ createdSince: '2026-01-03T00:00:00Z', createdBefore: '2026-01-02T00:00:00Z' }, []],
  [{ updatedSince: '2026-02-03T00:00:00Z' }, [3]],
])('tickets under %j: a time belongs to the period that it begins', async (filter, numbers) => {
  await addTickets(desk, 3);
  await desk.sql(
    `update tickets set updated_at = timestamptz '2026-02-01Z' + (number - 1) * interval '1 day',
       created_at = timestamptz '2026-01-01Z' + (number - 1) * interval '1 day' where account_id = $1`,
  );
  expect((await page({ filter })).numbers).toEqual(numbers);
});

const wrong: [string, TicketsQueryVariables][] = [
  ['more than 100', { first: 101 }],
  ['less than none', { first: -1 }],
  ['less than none from the end', { last: -1 }],
  ['both ends at once', { first: 1, last: 1 }],
  ['an invalid cursor', { after: 'nonsense' }],
  ['an empty cursor', { before: '' }],
];
test.each(wrong)('%s is refused', async (_, variables) => {
  expect(faultCodeOf(await ask(variables))).toBe('BAD_USER_INPUT');
});

test('a cursor is good for its own list, account and order only', async () => {
  await addTickets(desk, 3);
  const { edges } = await page({ first: 1 });
  const after = edges[0]!.cursor;
  const orderBy = { field: 'NUMBER', direction: 'ASC' } as const;
  expect(faultCodeOf(await ask({ after, orderBy }))).toBe('BAD_USER_INPUT');

  const { bearer: token } = desk.admin;
  for (const document of [AgentsDocument, ClientsDocument] as (typeof AgentsDocument)[]) {
    const answer = await site.service.request(document, { token, variables: { after } });
    expect(faultCodeOf(answer)).toBe('BAD_USER_INPUT');
  }
  const references = await site.service.request(TicketReferencesDocument, {
    token,
    variables: { relation: 'REQUESTED', after },
  });
  expect(faultCodeOf(references)).toBe('BAD_USER_INPUT');

  const stranger = await site.openDesk();
  const foreign = await site.service.request(TicketsDocument, {
    token: stranger.admin.bearer,
    variables: { after },
  });
  expect(faultCodeOf(foreign)).toBe('BAD_USER_INPUT');
});

test.each([
  ['a text for a number', ['x']],
  ['a number out of range', [2 ** 40]],
  ['too few values', []],
  ['an invalid id', [1, 'x']],
])('a cursor that was tampered with is refused: %s', async (_, values) => {
  const id = '01890000-0000-7000-8000-000000000000';
  const parts = ['tickets', desk.accountId, 'NUMBER DESC', ...values];
  const body = values.length === 1 ? [...parts, id] : parts;
  const after = `l1.${Buffer.from(JSON.stringify(body)).toString('base64url')}`;
  expect(faultCodeOf(await ask({ after }))).toBe('BAD_USER_INPUT');
});

test('above 10,000 the total is not counted', async () => {
  const insert = (from: number, to: number) =>
    desk.sql(
      `insert into tickets (account_id, id, number, subject, description, status, priority,
         requester_name, requester_email, created_at, updated_at)
       select $1, gen_random_uuid(), n, 'S', '', 'OPEN', 'LOW', 'N', 'a@b', now(), now()
       from generate_series($2::integer, $3::integer) n`,
      [from, to],
    );
  await insert(1, 10_000);
  expect((await page({ first: 1 })).totalCount).toBe(10_000);
  await insert(10_001, 10_001);
  expect((await page({ first: 1 })).totalCount).toBeNull();
});

test('one agent’s passes are paged like any list, and their cursors are that agent’s own', async () => {
  desk = await site.openDesk({ agents: 2, passes: 20 });
  const [agent, other] = desk.agents as [(typeof desk.agents)[0], (typeof desk.agents)[0]];
  for (let day = 0; day < 5; day += 1) {
    const { consumption } = await desk.enter(agent);
    await desk.moveClockTo(consumption.expiresAt);
  }
  const id = Buffer.from(`Agent:${agent.id}`).toString('base64url');
  const passes = async (variables: object) => {
    const answer = await site.service.request(AgentPassesDocument, {
      token: desk.admin.bearer,
      variables: { id, ...variables },
    });
    const { edges, ...rest } = dataOf(answer).agent!.dayPassConsumptions!;
    return { ...rest, edges, ids: edges.map(({ node }) => node.id) };
  };
  const all = await passes({ first: 10 });
  expect(all.totalCount).toBe(5);
  const first = await passes({ first: 2 });
  const then = await passes({ first: 2, after: first.pageInfo.endCursor });
  const last = await passes({ last: 1 });
  expect([...first.ids, ...then.ids, ...last.ids]).toEqual(all.ids);
  expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  expect(then.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });

  const answer = await site.service.request(AgentPassesDocument, {
    token: desk.admin.bearer,
    variables: {
      id: Buffer.from(`Agent:${other.id}`).toString('base64url'),
      after: first.pageInfo.endCursor,
    },
  });
  expect(faultCodeOf(answer)).toBe('BAD_USER_INPUT');
});

test('clients and agents are sorted by name, without regard to case', async () => {
  await addClients(desk, 'b', 'A', 'c');
  const clients = await site.service.request(ClientsDocument, { token: desk.admin.bearer });
  expect(dataOf(clients).clients!.edges.map(({ node }) => node.name)).toEqual([
    'Client A',
    'Client b',
    'Client c',
  ]);
});
