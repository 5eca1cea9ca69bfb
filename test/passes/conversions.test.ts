import {
  AskGateDocument,
  ConversionsDocument,
  ConvertDocument,
  FullTimeDaysDocument,
  type FullTimeDaysQueryVariables,
  WatchEventsDocument,
  WatchGateDocument,
} from '../generated/operations';
import { codeOf } from '../support/desk/catalogue';
import { dataOf, type Desk, type Person } from '../support/desk/desk';
import { insertStoredAccount, readStoredAccount } from '../support/desk/stored-account';
import { addKey } from '../support/desk/keys';
import {
  act,
  advanceTo,
  agentNode,
  openStreamSite,
  type StreamSite,
} from '../support/desk/streams';

let at: StreamSite;

beforeAll(async () => {
  at = await openStreamSite();
});
afterEach(() => at.closeSockets());
afterAll(() => at.close());

const convert = (desk: Desk, agent: Person, type: 'FULL_TIME' | 'OCCASIONAL', person?: Person) =>
  act(desk, ConvertDocument, { input: { agentId: agentNode(agent), type } }, { person });

const conversionsOf = async (desk: Desk, agent: Person, person = desk.admin) => {
  const answer = await act(desk, ConversionsDocument, { agentId: agentNode(agent) }, { person });
  return answer.agent!.conversions!;
};

const today = async (desk: Desk) => (await desk.ask(desk.admin)).now.slice(0, 10);
const dayAfter = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

const daysOf = async (desk: Desk, variables: FullTimeDaysQueryVariables) => {
  const { dayPassUsage } = await act(desk, FullTimeDaysDocument, variables);
  return dayPassUsage!.map(({ periodStart, key, consumed, fullTimeDays }) => {
    return { periodStart, key, consumed, fullTimeDays };
  });
};

/** The account's clock stands at noon of a day in UTC. */
async function toNoon(desk: Desk): Promise<string> {
  const date = dayAfter(await today(desk), 1);
  await advanceTo(desk, Date.parse(`${date}T12:00:00Z`));
  return date;
}

test('conversions show from, to, when and by whom, newest first; a mutation without a change is not one', async () => {
  const desk = await at.site.openDesk();
  const key = await addKey(desk, { scopes: ['agents:write', 'agents:read'] });
  await convert(desk, desk.agent, 'OCCASIONAL');
  await convert(desk, desk.agent, 'FULL_TIME');
  await convert(desk, desk.agent, 'OCCASIONAL', key);
  const { edges, totalCount } = await conversionsOf(desk, desk.agent);
  const [back, there] = edges.map(({ node }) => node);
  expect(totalCount).toBe(2);
  expect(back).toMatchObject({ from: 'FULL_TIME', to: 'OCCASIONAL', by: { id: key.nodeId } });
  expect(there).toMatchObject({
    from: 'OCCASIONAL',
    to: 'FULL_TIME',
    by: { id: agentNode(desk.admin) },
  });
  expect(Date.parse(back!.at)).toBeGreaterThanOrEqual(Date.parse(there!.at));
  const after = edges[0]!.cursor;
  const variables = { agentId: agentNode(desk.agent), first: 1, after };
  const page = await act(desk, ConversionsDocument, variables);
  expect(page.agent!.conversions!.edges.map(({ node }) => node)).toEqual([there]);
});

test('an agent sees its own conversions, no other agent does', async () => {
  const desk = await at.site.openDesk({ agents: 2 });
  await convert(desk, desk.agent, 'FULL_TIME');
  const query = `{ agent(id: "${agentNode(desk.agent)}") { conversions { edges { node { from to at } } } } }`;
  expect(await codeOf(desk, desk.agent.bearer, query)).toBeNull();
  const [other] = await desk.addAgents([{ type: 'FULL_TIME' }]);
  expect(await codeOf(desk, other!.bearer, query)).toBe('FORBIDDEN');
});

test('there and back on one day is a full-time day, once, though no pass was used', async () => {
  const desk = await at.site.openDesk({ agents: 2, passes: 2, timeZone: 'UTC' });
  const date = await toNoon(desk);
  for (let turn = 0; turn < 2; turn += 1) {
    await convert(desk, desk.agent, 'FULL_TIME');
    await convert(desk, desk.agent, 'OCCASIONAL');
  }
  await desk.enter(desk.agents[1]!);
  const none = { key: null, consumed: 0, fullTimeDays: 0 };
  expect(await daysOf(desk, { from: dayAfter(date, -1), to: dayAfter(date, 1) })).toEqual([
    { ...none, periodStart: dayAfter(date, -1) },
    { ...none, periodStart: date, consumed: 1, fullTimeDays: 1 },
    { ...none, periodStart: dayAfter(date, 1) },
  ]);
  const byAgent = await daysOf(desk, { from: date, to: date, groupBy: 'AGENT' });
  expect(new Set(byAgent)).toEqual(
    new Set([
      { periodStart: date, key: agentNode(desk.agent), consumed: 0, fullTimeDays: 1 },
      { periodStart: date, key: agentNode(desk.agents[1]!), consumed: 1, fullTimeDays: 0 },
    ]),
  );
  const bySource = await daysOf(desk, { from: date, to: date, groupBy: 'SOURCE' });
  expect(bySource.map(({ fullTimeDays }) => fullTimeDays)).toEqual([null]);
});

test('full-time days continue until the agent is converted back, and only within the report', async () => {
  const desk = await at.site.openDesk({ timeZone: 'UTC' });
  const date = await toNoon(desk);
  await convert(desk, desk.agent, 'FULL_TIME');
  await advanceTo(desk, Date.parse(`${dayAfter(date, 2)}T12:00:00Z`));
  const sum = async (from: string, to: string) =>
    (await daysOf(desk, { from, to })).reduce((days, row) => days + row.fullTimeDays!, 0);
  // None that is still to come.
  expect(await sum(date, dayAfter(date, 9))).toBe(3);
  expect(await sum(dayAfter(date, 1), dayAfter(date, 9))).toBe(0);
  await convert(desk, desk.agent, 'OCCASIONAL');
  await advanceTo(desk, Date.parse(`${dayAfter(date, 4)}T12:00:00Z`));
  expect(await sum(date, dayAfter(date, 9))).toBe(3);
  expect(await sum(dayAfter(date, 2), dayAfter(date, 9))).toBe(1);
  const [month] = await daysOf(desk, { from: date, to: date, interval: 'MONTH' });
  expect(month).toMatchObject({ fullTimeDays: 1 });
});

test('conversions from before the upgrade count as those since', async () => {
  const stored = readStoredAccount('stored-by-1');
  const accountId = await insertStoredAccount(at.site.source, stored);
  const { subject_id: id, occurred_at: when } = stored.audit_events!.find(
    ({ action }) => action === 'agent.converted',
  )!;
  const admin = stored.agents!.find(({ role }) => role === 'ACCOUNT_ADMIN')!;
  const desk = await at.site.openDesk();
  Object.assign(desk, { accountId });
  const person = { id: String(admin.id), bearer: await desk.bearer(String(admin.id)) };
  desk.admin = person;
  const { edges } = await conversionsOf(desk, { id: String(id), bearer: '' });
  expect(edges.map(({ node }) => [node.from, node.to])).toEqual([
    ['FULL_TIME', 'OCCASIONAL'],
    ['OCCASIONAL', 'FULL_TIME'],
  ]);
  const day = new Date(String(when)).toISOString().slice(0, 10);
  const rows = await daysOf(desk, { from: dayAfter(day, -1), to: dayAfter(day, 1) });
  expect(rows.reduce((days, { fullTimeDays }) => days + fullTimeDays!, 0)).toBe(1);
});

test('an agent who becomes occasional loses access at once, in the gate and on streams; a running pass continues', async () => {
  const desk = await at.site.openDesk({ agents: 0, passes: 2 });
  const [chief] = (await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }])) as [Person];
  const { consumption } = await desk.enter(chief);
  await convert(desk, chief, 'FULL_TIME');
  const [other] = (await desk.addAgents([{ role: 'ACCOUNT_ADMIN', type: 'FULL_TIME' }])) as [
    Person,
  ];
  const gates = [chief, other].map((one) => at.connect(one, at.there).subscribe(WatchGateDocument));
  const events = at.connect(other, at.there).subscribe(WatchEventsDocument);
  for (const gate of gates) {
    expect((await gate.next()).portalAccessChanged).toMatchObject({ basis: 'FULL_TIME' });
  }
  for (const one of [chief, other]) await convert(desk, one, 'OCCASIONAL');
  expect((await gates[0]!.next()).portalAccessChanged).toMatchObject({
    basis: 'DAY_PASS',
    until: consumption.expiresAt,
  });
  expect((await gates[1]!.next()).portalAccessChanged.__typename).toBe('DayPassRequired');
  expect(await events.fault()).toBe('DAY_PASS_REQUIRED');
  const answer = await at.there.request(AskGateDocument, { token: other.bearer });
  expect(dataOf(answer).viewer.portalAccess.__typename).toBe('DayPassRequired');
});
