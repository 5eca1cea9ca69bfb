import { ConsumptionsDocument, TicketReferencesDocument } from '../generated/operations';
import { addClients, addTickets, send } from '../support/desk/catalogue';
import { dataOf, openTestSite, type Desk, type Person, type TestSite } from '../support/desk/desk';

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  desk = await site.openDesk({ agents: 3, passes: 20, timeZone: 'Asia/Tokyo' });
});

const list = async (variables: object = {}) => {
  const answer = await site.service.request(ConsumptionsDocument, {
    token: desk.admin.bearer,
    variables,
  });
  return dataOf(answer).dayPassConsumptions!;
};
const idsOf = async (filter: object) => (await list({ filter })).edges.map(({ node }) => node.id);
const nodeId = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64url');

test('consumptions are sorted newest first, and each filter applies', async () => {
  await addClients(desk, 'acme');
  const [ticket] = await addTickets(desk, 1, () => ({ clientExternalId: 'acme' }));
  const [first, second, third] = desk.agents as [Person, Person, Person];
  const one = (await desk.enter(first)).consumption;
  await desk.moveClock(60_000);
  const token = await desk.tokenFor(second, { ticketExternalId: 'T1' });
  const two = (await desk.proceed(second, token)).consumption!;
  const all = await list();
  expect(all.edges.map(({ node }) => node.id)).toEqual([two.id, one.id]);
  expect(all.edges[0]!.node).toMatchObject({
    ticket: { id: ticket!.id },
    client: { name: 'Client acme' },
  });
  expect(all.edges[1]!.node).toMatchObject({ ticket: null, client: null });

  const [{ node }] = all.edges as [(typeof all.edges)[0]];
  const [client] = await desk.sql<{ id: string }>('select id from clients where account_id = $1');
  expect(await idsOf({ agentId: nodeId('Agent', first.id) })).toEqual([one.id]);
  expect(await idsOf({ agentId: nodeId('Agent', third.id) })).toEqual([]);
  expect(await idsOf({ ticketId: ticket!.id })).toEqual([two.id]);
  expect(await idsOf({ clientId: nodeId('Client', client!.id) })).toEqual([two.id]);
  expect(await idsOf({ source: 'PORTAL' })).toEqual([one.id]);
  expect(await idsOf({ status: 'ACTIVE' })).toEqual([two.id, one.id]);
  expect(await idsOf({ status: 'EXPIRED' })).toEqual([]);
  expect(await idsOf({ localDate: node.localDate })).toEqual([two.id, one.id]);
  expect(await idsOf({ localDate: '2020-01-01' })).toEqual([]);
  // `from` is included, `to` is not.
  expect(await idsOf({ from: node.startsAt })).toEqual([two.id]);
  expect(await idsOf({ to: node.startsAt })).toEqual([one.id]);

  await desk.moveClockTo(two.expiresAt);
  expect(await idsOf({ status: 'EXPIRED' })).toEqual([two.id, one.id]);
  expect(await idsOf({ status: 'ACTIVE' })).toEqual([]);
});

test("an agent's passes are the same in simultaneous requests", async () => {
  await desk.enter(desk.agent);
  const query = '{ agents { edges { node { dayPassConsumptions { edges { node { id } } } } } } }';
  const alone = await send(desk, desk.admin.bearer, query);
  const many = Array.from({ length: 8 }, () => send(desk, desk.admin.bearer, query));
  for (const answer of await Promise.all(many)) expect(answer).toEqual(alone);
});

test('a pass may be reversed for 15 minutes, and only one of a day', async () => {
  const [agent] = desk.agents as [Person];
  const { consumption } = await desk.enter(agent);
  const until = async () =>
    (await list()).edges.map(
      ({ node }) => node.reversibleUntil && Date.parse(node.reversibleUntil),
    );
  const { node } = (await list()).edges[0]!;
  expect(await until()).toEqual([Date.parse(node.startsAt) + 15 * 60_000]);

  const reverse = `mutation { reverseDayPassConsumption(input: {consumptionId: "${consumption.id}",
    reason: "A mistake"}) { userErrors { code } } }`;
  const { data } = await send(desk, desk.admin.bearer, reverse);
  expect(data).toEqual({ reverseDayPassConsumption: { userErrors: [] } });
  expect(await until()).toEqual([null]);
  await desk.enter(agent);
  expect(await until()).toEqual([null, null]);

  await desk.enter(desk.agents[1]!);
  expect((await until())[0]).not.toBeNull();
  await desk.moveClock(15 * 60_000);
  expect((await until())[0]).toBeNull();
});

test('references are the tickets that one requested or is assigned to, newest first, for any caller', async () => {
  // The agent and the contact of these bearers have one address.
  const address = 'person@desk.example';
  await desk.sql('update agents set email = $3 where account_id = $1 and id = $2', [
    desk.agent.id,
    address,
  ]);
  await addTickets(desk, 5, (at) => ({
    requesterEmail: at < 2 ? address : 'else@desk.example',
    assigneeEmail: at === 3 ? address : null,
  }));
  await desk.sql(
    `update tickets set created_at = created_at + number * interval '1 minute' where account_id = $1`,
  );
  const numbers = async (bearer: string, relation: 'REQUESTED' | 'ASSIGNED') => {
    const answer = await site.service.request(TicketReferencesDocument, {
      token: bearer,
      variables: { relation },
    });
    return dataOf(answer).viewer.ticketReferences!.edges.map(({ node }) => node.number);
  };
  const contact = await desk.bearer(null);
  expect(await numbers(contact, 'REQUESTED')).toEqual([2, 1]);
  expect(await numbers(contact, 'ASSIGNED')).toEqual([]);
  expect(await numbers(desk.agent.bearer, 'REQUESTED')).toEqual([2, 1]);
  expect(await numbers(desk.agent.bearer, 'ASSIGNED')).toEqual([4]);
});
