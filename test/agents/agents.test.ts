import {
  AgentsDocument,
  OneAgentDocument,
  type AgentsQueryVariables,
} from '../generated/operations';
import { addTickets, codeOf, send } from '../support/desk/catalogue';
import { dataOf, faultCodeOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
  desk = await site.openDesk({ agents: 0, passes: 10 });
  desk.agents = await desk.addAgents([
    { name: 'Zoë Ångström', email: 'zoe@desk.example', createdAt: new Date('2026-01-03') },
    { name: '100% Effort', email: 'under_score@desk.example', createdAt: new Date('2026-01-02') },
    { name: 'back\\slash', email: 'slash@desk.example', status: 'DEACTIVATED' },
    {
      name: 'adam',
      email: 'adam@desk.example',
      type: 'FULL_TIME',
      createdAt: new Date('2026-01-01'),
    },
  ]);
  await desk.sql(`update agents set name = 'The Admin' where account_id = $1 and id = $2`, [
    desk.admin.id,
  ]);
});
afterAll(() => site.close());

const names = async (variables: AgentsQueryVariables) => {
  const answer = await site.service.request(AgentsDocument, {
    token: desk.admin.bearer,
    variables,
  });
  return dataOf(answer).agents!.edges.map(({ node }) => node.name);
};

test('agents are sorted by name, or by when they were added', async () => {
  expect(await names({})).toEqual([
    '100% Effort',
    'adam',
    'back\\slash',
    'The Admin',
    'Zoë Ångström',
  ]);
  const newest = await names({ first: 2, orderBy: { field: 'CREATED_AT', direction: 'DESC' } });
  expect(new Set(newest)).toEqual(new Set(['back\\slash', 'The Admin']));
  const oldest = await names({ first: 3, orderBy: { field: 'CREATED_AT', direction: 'ASC' } });
  expect(oldest).toEqual(['adam', '100% Effort', 'Zoë Ångström']);
});

test.each([
  ['in any case', 'ADAM', ['adam']],
  ['of the address', 'zoe@', ['Zoë Ångström']],
  ['with a per cent sign', '%', ['100% Effort']],
  ['with an underscore', '_', ['100% Effort']],
  ['with a backslash', '\\', ['back\\slash']],
  ['that no agent has', 'nobody', []],
])('a search finds a part %s', async (_, search, expected) => {
  expect(await names({ filter: { search } })).toEqual(expected);
});

test('filters apply together, and null is the same as left out', async () => {
  expect(await names({ filter: { type: 'FULL_TIME' } })).toEqual(['adam', 'The Admin']);
  expect(await names({ filter: { status: 'DEACTIVATED' } })).toEqual(['back\\slash']);
  expect(await names({ filter: { type: 'FULL_TIME', status: 'DEACTIVATED' } })).toEqual([]);
  expect(await names({ filter: { role: 'ACCOUNT_ADMIN' } })).toEqual(['The Admin']);
  expect(await names({ filter: { role: 'AGENT', type: 'FULL_TIME' } })).toEqual(['adam']);
  expect(await names({ filter: { type: null, status: null, search: null } })).toHaveLength(5);
});

test('an agent has a pass while it runs, and no longer when it is of no use', async () => {
  const person = desk.agents[0]!;
  expect(await names({ filter: { hasActiveDayPass: true } })).toEqual([]);
  const { consumption } = await desk.enter(person);
  expect(await names({ filter: { hasActiveDayPass: true } })).toEqual(['Zoë Ångström']);
  expect(await names({ filter: { hasActiveDayPass: false } })).toHaveLength(4);

  const active = async () => {
    const { data } = await send(
      desk,
      desk.admin.bearer,
      '{ agents { edges { node { activeDayPass { id } } } } }',
    );
    return JSON.stringify(data);
  };
  expect(await active()).toContain(consumption.id);
  const set = (column: string, value: string) =>
    desk.sql(`update agents set ${column} = $3 where account_id = $1 and id = $2`, [
      person.id,
      value,
    ]);
  await set('type', 'FULL_TIME');
  expect(await active()).not.toContain(consumption.id);
  expect(await names({ filter: { hasActiveDayPass: true } })).toEqual([]);
  await set('type', 'OCCASIONAL');
  await desk.moveClockTo(consumption.expiresAt);
  expect(await active()).not.toContain(consumption.id);
  expect(await names({ filter: { hasActiveDayPass: true } })).toEqual([]);
});

test('what an agent used in 30 days is counted, with what was paid and the newest pass', async () => {
  const other = await site.openDesk({ agents: 2, passes: 0 });
  const [busy] = other.agents;
  const ask = async (bearer = other.admin.bearer) => {
    const text = `{ agents(filter: {type: OCCASIONAL}) { edges { node { name
      recentDayPasses { consumed lastStartsAt paid { amount currency } } } } } }`;
    const { data, errors } = await send(other, bearer, text);
    if (errors.length > 0) return errors.map(({ extensions }) => extensions.code);
    const { edges } = data!.agents as { edges: { node: { recentDayPasses: object } }[] };
    return edges.map(({ node }) => node.recentDayPasses);
  };
  const none = { consumed: 0, lastStartsAt: null, paid: null };
  expect(await ask()).toEqual([none, none]);
  await other.grant({ quantity: 5 });
  const { consumption } = await other.enter(busy!);
  const used = expect.objectContaining({ consumed: 1, lastStartsAt: consumption.startsAt });
  expect(await ask()).toContainEqual(used);
  expect(await ask()).toContainEqual(none);
  await other.moveClockTo(
    new Date(Date.parse(consumption.startsAt) + 31 * 86_400_000).toISOString(),
  );
  expect(await ask()).toContainEqual({ ...none, lastStartsAt: consumption.startsAt });
  // What agents cost is for admins.
  await other.enter(busy!);
  expect(await ask(busy!.bearer)).toContain('FORBIDDEN');
});

test('one agent is found by exactly one of id and address, in any case', async () => {
  const one = (variables: object) =>
    site.service.request(OneAgentDocument, { token: desk.admin.bearer, variables });
  const byEmail = dataOf(await one({ email: 'ADAM@desk.example' })).agent!;
  expect(byEmail.name).toBe('adam');
  expect(dataOf(await one({ id: byEmail.id })).agent).toEqual(byEmail);
  expect(dataOf(await one({ email: 'nobody@desk.example' })).agent).toBeNull();
  expect(faultCodeOf(await one({}))).toBe('BAD_USER_INPUT');
  expect(faultCodeOf(await one({ ...byEmail, email: 'adam@desk.example' }))).toBe('BAD_USER_INPUT');
});

test('the gate of an agent shows what the agent is shown, but never a confirmation', async () => {
  const [agent] = await desk.addAgents([{ name: 'Gate Tester' }]);
  await addTickets(desk, 1);
  const id = Buffer.from(`Agent:${agent!.id}`).toString('base64url');
  const gate = async (bearer: string, args: string) => {
    const query = `{ agent(id: "${id}") { portalAccess${args} { __typename
      ... on DayPassRequired { ticketNumber confirmation { token } wallet { balance } }
      ... on PortalAccessDenied { reason } } } }`;
    const { data, errors } = await send(desk, bearer, query);
    expect(errors).toEqual([]);
    return (data!.agent as { portalAccess: object }).portalAccess;
  };
  const required = {
    __typename: 'DayPassRequired',
    ticketNumber: null,
    confirmation: null,
    wallet: { balance: 9 },
  };
  expect(await gate(agent!.bearer, '')).toEqual(required);
  expect(await gate(desk.admin.bearer, '')).toEqual(required);
  expect(await gate(desk.admin.bearer, '(ticketExternalId: "T1")')).toEqual({
    ...required,
    ticketNumber: 1,
  });
  expect(await gate(desk.admin.bearer, '(ticketExternalId: "none")')).toEqual({
    __typename: 'PortalAccessDenied',
    reason: 'TICKET_NOT_FOUND',
  });
  expect(await gate(desk.admin.bearer, '(section: ADMIN)')).toEqual({
    __typename: 'PortalAccessDenied',
    reason: 'SECTION_NOT_PERMITTED',
  });
  await desk.enter(agent!);
  expect(await gate(desk.admin.bearer, '')).toEqual({ __typename: 'PortalAccessGranted' });
  const contact = await desk.bearer(null);
  expect(await codeOf(desk, contact, `{ agent(id: "${id}") { portalAccess { now } } }`)).toBe(
    'FORBIDDEN',
  );
});
