import {
  AdviceDocument,
  BuyDocument,
  ConvertDocument,
  ForecastDocument,
  ListAndSumsDocument,
  TakeBackDocument,
  UpdateAccountDocument,
  UsageDocument,
  type DayPassConsumptionFilter,
} from '../generated/operations';
import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import { periodsBetween } from '../../src/passes/usage/usage.rules';
import { addClients, addTickets, send } from '../support/desk/catalogue';
import {
  dataOf,
  faultCodeOf,
  openTestSite,
  type Desk,
  type Person,
  type TestSite,
} from '../support/desk/desk';
import { act, agentNode } from '../support/desk/streams';

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  desk = await site.openDesk({ agents: 3, passes: 2, emergencyAllowance: 3, timeZone: 'UTC' });
  await site.source.query(
    `insert into day_pass_prices (plan, currency, minimum_quantity, valid_from, unit_price_minor, example)
     values ($1, 'USD', 1, '2020-01-01', 1250, false)`,
    [desk.slug.slice(0, 40)],
  );
});
afterEach(() => site.source.query('delete from day_pass_prices where not example'));

const usage = (variables: { from: string; to: string } & Record<string, unknown>) =>
  site.service.request(UsageDocument, { token: desk.admin.bearer, variables });

const today = async () => (await desk.ask(desk.admin)).now.slice(0, 10);
const dayAfter = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

test('passes are counted by their own local dates, reversed ones apart, days without any too', async () => {
  const [first, second, third] = desk.agents as [Person, Person, Person];
  const date = await today();
  const { consumption } = await desk.enter(first);
  await send(
    desk,
    desk.admin.bearer,
    `mutation { reverseDayPassConsumption(input: {consumptionId: "${consumption.id}", reason: "R"}) { userErrors { code } } }`,
  );
  await desk.enter(first);
  await desk.enter(second);
  await desk.enter(third);
  await desk.moveClockTo(`${dayAfter(date, 2)}T01:00:00Z`);
  await desk.enter(first);

  const answer = await usage({ from: dayAfter(date, -1), to: dayAfter(date, 2) });
  const counts = { consumed: 0, reversed: 0, emergency: 0 };
  // The passes were granted: nothing was paid for them.
  const none = { key: null, label: null, ...counts, paid: null, cost: null };
  expect(dataOf(answer).dayPassUsage).toEqual([
    { ...none, periodStart: dayAfter(date, -1) },
    {
      ...none,
      periodStart: date,
      consumed: 3,
      reversed: 1,
      emergency: 1,
      cost: { amount: '37.50', currency: 'USD' },
    },
    { ...none, periodStart: dayAfter(date, 1) },
    {
      ...none,
      periodStart: dayAfter(date, 2),
      consumed: 1,
      emergency: 1,
      cost: { amount: '12.50', currency: 'USD' },
    },
  ]);
});

test('by group, what is just outside the dates is left out', async () => {
  await desk.enter(desk.agent);
  const date = await today();
  const count = async (on: string) => {
    const answer = await usage({ from: on, to: on, groupBy: 'SOURCE' });
    return dataOf(answer).dayPassUsage!.map(({ consumed }) => consumed);
  };
  expect(await count(dayAfter(date, -1))).toEqual([]);
  expect(await count(date)).toEqual([1]);
  expect(await count(dayAfter(date, 1))).toEqual([]);
});

test('a group has its keys and what people call them', async () => {
  const [client] = await addClients(desk, 'acme');
  await addTickets(desk, 1, () => ({ clientExternalId: 'acme' }));
  const [first, second] = desk.agents as [Person, Person];
  await desk.proceed(first, await desk.tokenFor(first, { ticketExternalId: 'T1' }));
  await desk.enter(second);
  const date = await today();
  const by = async (groupBy: string, bearer = desk.admin.bearer) => {
    const answer = await site.service.request(UsageDocument, {
      token: bearer,
      variables: { from: date, to: date, groupBy: groupBy as 'AGENT' },
    });
    return dataOf(answer).dayPassUsage!.map(({ key, label, consumed }) => ({
      key,
      label,
      consumed,
    }));
  };
  expect(await by('SOURCE')).toEqual([
    { key: 'PORTAL', label: 'PORTAL', consumed: 1 },
    { key: 'TICKET', label: 'TICKET', consumed: 1 },
  ]);
  expect(await by('CLIENT')).toEqual([
    { key: client, label: 'Client acme', consumed: 1 },
    { key: null, label: null, consumed: 1 },
  ]);
  const agents = await by('AGENT');
  expect(agents.map(({ label, consumed }) => [label, consumed])).toEqual([
    ['A. Person', 1],
    ['A. Person', 1],
  ]);
  // Clients need the section TICKETS, also as a label.
  const [elsewhere] = await desk.addAgents([
    { type: 'FULL_TIME', role: 'ACCOUNT_ADMIN', sections: ['REPORTS'] },
  ]);
  expect((await by('CLIENT', elsewhere!.bearer))[0]).toEqual({
    key: client,
    label: null,
    consumed: 1,
  });
});

test('a wallet that does not exist used nothing', async () => {
  await desk.enter(desk.agent);
  const date = await today();
  const none = Buffer.from('DayPassWallet:01890000-0000-7000-8000-000000000000');
  const walletId = none.toString('base64url');
  const answer = await usage({ from: date, to: date, walletId });
  expect(dataOf(answer).dayPassUsage).toMatchObject([{ periodStart: date, consumed: 0 }]);
});

test('more than 400 periods, and an end before the beginning, are refused', async () => {
  expect(faultCodeOf(await usage({ from: '2025-01-01', to: '2026-02-05' }))).toBe('BAD_USER_INPUT');
  expect(dataOf(await usage({ from: '2025-01-01', to: '2026-02-04' })).dayPassUsage).toHaveLength(
    400,
  );
  expect(faultCodeOf(await usage({ from: '2026-01-02', to: '2026-01-01' }))).toBe('BAD_USER_INPUT');
  expect(
    faultCodeOf(await usage({ from: '0001-01-01', to: '9999-12-31', interval: 'MONTH' })),
  ).toBe('BAD_USER_INPUT');
});

test('periods begin on Mondays and on the first of a month', () => {
  expect(periodsBetween({ from: '2026-11-23', to: '2026-11-23' }, 'WEEK')).toEqual(['2026-11-23']);
  expect(periodsBetween({ from: '2026-11-22', to: '2026-11-23' }, 'WEEK')).toEqual([
    '2026-11-16',
    '2026-11-23',
  ]);
  expect(periodsBetween({ from: '2025-12-31', to: '2026-02-01' }, 'MONTH')).toEqual([
    '2025-12-01',
    '2026-01-01',
    '2026-02-01',
  ]);
  expect(periodsBetween({ from: '1993-01-31', to: '2026-04-01' }, 'MONTH')).toHaveLength(400);
});

test('the sums under a filter are those of the listed passes; a reversed one names who did it, and why', async () => {
  const own = await site.openDesk({ agents: 3, passes: 1, timeZone: 'UTC' });
  await site.source.query(
    `insert into day_pass_prices (plan, currency, minimum_quantity, valid_from, unit_price_minor, example)
     select plan, currency, 1, '2020-01-01', 1250, false from accounts where id = $1`,
    [own.accountId],
  );
  await act(own, BuyDocument, { input: { quantity: 9, idempotencyKey: newId() } });
  const [acme] = await addClients(own, 'acme', 'zenith');
  await addTickets(own, 2, (at) => ({ clientExternalId: at === 0 ? 'acme' : 'zenith' }));
  const [first, second, third] = own.agents as [Person, Person, Person];
  await own.proceed(first, await own.tokenFor(first, { ticketExternalId: 'T1' }));
  await own.moveClock(60_000);
  const taken = await own.proceed(second, await own.tokenFor(second, { ticketExternalId: 'T2' }));
  await own.enter(third);
  const input = { consumptionId: taken.consumption!.id, reason: 'By mistake' };
  await act(own, TakeBackDocument, { input });
  await own.moveClock(26 * 3_600_000);
  for (const agent of own.agents) await own.enter(agent);

  const read = (filter: DayPassConsumptionFilter) => act(own, ListAndSumsDocument, { filter });
  const all = (await read({})).dayPassConsumptions!.edges.map(({ node }) => node);
  expect(all).toHaveLength(6);
  const filters: DayPassConsumptionFilter[] = [
    {},
    { agentId: all[0]!.agent.id },
    { clientId: acme! },
    { status: 'REVERSED' },
    { status: 'ACTIVE' },
    { source: 'TICKET' },
    { from: all[2]!.startsAt, to: all[0]!.startsAt },
    { from: '2099-01-01T00:00:00Z' },
  ];
  for (const filter of filters) {
    const { dayPassConsumptions, total, byAgent, byClient, byTicket, byPrice } = await read(filter);
    const rows = dayPassConsumptions!.edges.map(({ node }) => node);
    const sumOf = (some: typeof rows) => ({
      consumed: some.filter(({ status }) => status !== 'REVERSED').length,
      reversed: some.filter(({ status }) => status === 'REVERSED').length,
      paid: some.reduce((sum, { paid }) => sum + Number(paid?.amount ?? 0), 0),
    });
    const seen = (sums: typeof total) =>
      new Map(
        sums!.map(({ key, consumed, reversed, paid }) => [
          key,
          { consumed, reversed, paid: Number(paid?.amount ?? 0) },
        ]),
      );
    const grouped = (keyOf: (row: (typeof rows)[number]) => string | null) => {
      const keys = new Set(rows.map(keyOf));
      return new Map(
        [...keys].map((key) => [key, sumOf(rows.filter((row) => keyOf(row) === key))]),
      );
    };
    expect(seen(total)).toEqual(rows.length > 0 ? new Map([[null, sumOf(rows)]]) : new Map());
    expect(seen(byAgent)).toEqual(grouped(({ agent }) => agent.id));
    expect(seen(byClient)).toEqual(grouped(({ client }) => client?.id ?? null));
    expect(seen(byTicket)).toEqual(grouped(({ ticket }) => ticket?.id ?? null));
    const priceOf = ({ paid }: (typeof rows)[number]) => paid && `${paid.amount} ${paid.currency}`;
    expect(seen(byPrice)).toEqual(grouped(priceOf));
    for (const { label, key, unitPrice } of byPrice!) {
      expect([label, unitPrice && `${unitPrice.amount} ${unitPrice.currency}`]).toEqual([key, key]);
    }
    for (const { key, label } of byTicket!) {
      const ticket = rows.find((row) => row.ticket?.id === key)?.ticket;
      expect(label).toBe(ticket ? `#${ticket.number} ${ticket.subject}` : null);
    }
  }
  const largest = (top: number) =>
    send(
      own,
      own.admin.bearer,
      `{ dayPassConsumptionSums(groupBy: AGENT, top: ${top}) { consumed } }`,
    );
  expect((await largest(1)).data).toEqual({ dayPassConsumptionSums: [{ consumed: 2 }] });
  for (const top of [0, 1_001]) {
    expect((await largest(top)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
  const [reversed] = (await read({ status: 'REVERSED' })).dayPassConsumptions!.edges;
  const actor = { id: nodeId('Agent', own.admin.id) };
  expect(reversed!.node.reversal).toEqual({ reason: 'By mistake', actor });
  expect(all.filter(({ reversal }) => reversal)).toHaveLength(1);
});

test('with the price of a licence, an agent’s passes are compared with it', async () => {
  const own = await site.openDesk({ agents: 2, passes: 1, timeZone: 'UTC' });
  await site.source.query(
    `insert into day_pass_prices (plan, currency, minimum_quantity, valid_from, unit_price_minor, example)
     select plan, currency, 1, '2020-01-01', 1250, false from accounts where id = $1`,
    [own.accountId],
  );
  const [first, second] = own.agents as [Person, Person];
  // The granted pass cost nothing.
  await own.enter(second);
  await act(own, BuyDocument, { input: { quantity: 9, idempotencyKey: newId() } });
  for (let month = 0; month < 3; month += 1) {
    for (const days of [1, 28]) {
      await own.enter(first);
      await own.moveClock(days * 86_400_000 + 3_600_000);
    }
  }
  await own.sql(
    `update agents set activated_at = activated_at - interval '30 days' where account_id = $1`,
  );
  const read = async () =>
    (await act(own, AdviceDocument, {})).agents!.edges.map(({ node }) => node);
  expect((await read()).map(({ passAdvice }) => passAdvice)).toEqual([null, null, null]);
  const change = (seatPrice: string | null) =>
    act(own, UpdateAccountDocument, { input: { seatPrice } });
  for (const wrong of ['0', '0.001', '1000001']) {
    const refused = (await change(wrong)).updateAccount!.userErrors;
    expect(refused).toMatchObject([{ code: 'VALIDATION_FAILED', field: ['seatPrice'] }]);
  }
  await change('20.00');
  const advice = new Map((await read()).map(({ id, passAdvice }) => [id, passAdvice]));
  const { currency } = advice.get(agentNode(first))!.cost;
  const money = (amount: string) => ({ amount, currency });
  expect(advice.get(agentNode(own.admin))).toBeNull();
  expect(advice.get(agentNode(first))).toEqual({
    verdict: 'SEAT',
    months: 3,
    paidDays: 6,
    cost: money('75.00'),
    seatCost: money('20.00'),
    breakEvenDaysPerMonth: 2,
    difference: money('5.00'),
  });
  expect(advice.get(agentNode(second))).toMatchObject({
    verdict: 'PASSES',
    paidDays: 0,
    cost: money('0.00'),
    breakEvenDaysPerMonth: null,
    difference: money('20.00'),
  });
  // Days as a full-time agent show no use: the history begins again.
  const agentId = agentNode(second);
  await act(own, ConvertDocument, { input: { agentId, type: 'FULL_TIME' } });
  await act(own, ConvertDocument, { input: { agentId, type: 'OCCASIONAL' } });
  const again = (await read()).find(({ id }) => id === agentId)!.passAdvice;
  expect(again).toMatchObject({ verdict: 'NOT_ENOUGH_HISTORY', months: 0, difference: null });
  await change(null);
  expect((await read()).map(({ passAdvice }) => passAdvice)).toEqual([null, null, null]);
});

test('after fourteen days with use the forecast has dates, the same for each who asks', async () => {
  const own = await site.openDesk({ agents: 1, passes: 40, timeZone: 'UTC' });
  const ask = async (walletId?: string, morePasses?: number) => {
    const asked = { token: own.admin.bearer, variables: { walletId, morePasses } };
    return dataOf(await site.service.request(ForecastDocument, asked)).dayPassForecast;
  };
  const none = { earliest: null, likely: null, latest: null, lotEnds: [] };
  for (let day = 0; day < 14; day += 1) {
    const { consumption } = await own.enter(own.agent);
    expect(await ask()).toMatchObject({ ...none, kind: 'NOT_ENOUGH_HISTORY', daysOfHistory: day });
    await own.moveClockTo(consumption.expiresAt);
  }
  const answer = await ask();
  const [first] = await own.sql<{ today: string }>(
    'select (max(local_date) + 1)::text as today from consumptions where account_id = $1',
  );
  // One pass per day, from today on: 26 are left.
  const empty = dayAfter(first!.today, 25);
  const dates = { earliest: empty, likely: empty, latest: empty };
  const weekdayMeans = Array<string>(7).fill('1.00');
  expect(answer).toEqual({ ...dates, kind: 'DATED', weekdayMeans, lotEnds: [], daysOfHistory: 14 });
  expect(await ask()).toEqual(answer);
  // A purchase of ten would last for ten days more, and fewer than none are none.
  const later = dayAfter(empty, 10);
  expect(await ask(undefined, 10)).toMatchObject({ earliest: later, likely: later, latest: later });
  expect(await ask(undefined, -10)).toEqual(answer);
  expect(await ask(nodeId('DayPassWallet', newId()))).toBeNull();

  // Passes that end at midnight are lost then.
  await own.sql('update lots set expires_at = $2 where account_id = $1', [
    `${dayAfter(first!.today, 9)}T00:00:00Z`,
  ]);
  const last = dayAfter(first!.today, 8);
  expect(await ask()).toMatchObject({ earliest: last, latest: last, lotEnds: [last] });
});
