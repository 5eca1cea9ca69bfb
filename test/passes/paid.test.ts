import { newId } from '../../src/core/ids';
import { BuyDocument, PaidEverywhereDocument, TakeBackDocument } from '../generated/operations';
import { openTestSite, type Desk, type Person, type TestSite } from '../support/desk/desk';
import { addKey } from '../support/desk/keys';
import { act, agentNode } from '../support/desk/streams';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());

/** One pass costs 12.50, from three passes 10.00, from six nothing; in minor units. */
const tiers = [
  { from: 1, minor: 1250 },
  { from: 3, minor: 1000 },
  { from: 6, minor: 0 },
];

async function openPriced(currency: string): Promise<Desk> {
  const desk = await site.openDesk({ agents: 2, emergencyAllowance: 2, timeZone: 'UTC' });
  await desk.sql('update accounts set currency = $2 where id = $1', [currency]);
  for (const { from, minor } of tiers) {
    await desk.sql(
      `insert into day_pass_prices
         (plan, currency, minimum_quantity, valid_from, unit_price_minor, example)
       select plan, currency, $2, '2020-01-01', $3, false from accounts where id = $1`,
      [from, minor],
    );
  }
  return desk;
}

async function buy(desk: Desk, quantity: number): Promise<void> {
  const input = { quantity, idempotencyKey: newId() };
  const { purchaseDayPasses } = await act(desk, BuyDocument, { input });
  expect(purchaseDayPasses?.userErrors).toEqual([]);
}

async function takeBack(desk: Desk, consumptionId: string): Promise<void> {
  const input = { consumptionId, reason: 'By mistake' };
  const { reverseDayPassConsumption } = await act(desk, TakeBackDocument, { input });
  expect(reverseDayPassConsumption?.userErrors).toEqual([]);
}

const enter = async (desk: Desk, agent: Person) => (await desk.enter(agent)).consumption.id;

/** What each place of the API reports for a pass of the first agent. */
async function readPaid(desk: Desk, id: string) {
  const date = (await desk.ask(desk.admin)).now.slice(0, 10);
  const variables = { id, agentId: agentNode(desk.agent), date };
  const answer = await act(desk, PaidEverywhereDocument, variables);
  const inList = (list: typeof answer.dayPassConsumptions) =>
    list!.edges.find(({ node }) => node.id === id)!.node;
  const node = inList(answer.dayPassConsumptions);
  expect(answer.node).toEqual(node);
  expect(inList(answer.agent!.dayPassConsumptions)).toEqual(node);
  const groups = [answer.byMonth, answer.byClient, answer.bySource].map((rows) => rows![0]!);
  const { consumed, paid, cost } = answer.all![0]!;
  for (const group of groups) expect(group).toMatchObject({ consumed, paid, cost });
  const own = answer.byAgent!.find(({ key }) => key === variables.agentId)!;
  return { node, own, all: { consumed, paid, cost } };
}

type Case = [
  what: string,
  /** Returns a pass of the first agent. */
  act: (desk: Desk) => Promise<string>,
  paid: string | null,
  /** What was paid for all passes, and what they cost at the list price. */
  sums: { paid: string | null; cost: string | null },
];

const cases: Case[] = [
  [
    'bought alone: its list price',
    async (desk) => {
      await buy(desk, 1);
      return enter(desk, desk.agent);
    },
    '12.50',
    { paid: '12.50', cost: '12.50' },
  ],
  [
    'bought with others: the price of that quantity',
    async (desk) => {
      await buy(desk, 3);
      return enter(desk, desk.agent);
    },
    '10.00',
    { paid: '10.00', cost: '12.50' },
  ],
  [
    'bought at a price of zero: zero',
    async (desk) => {
      await buy(desk, 6);
      return enter(desk, desk.agent);
    },
    '0.00',
    { paid: '0.00', cost: '12.50' },
  ],
  [
    'bought before the price changed: the price of that time',
    async (desk) => {
      await buy(desk, 3);
      await desk.sql(
        `update day_pass_prices set unit_price_minor = unit_price_minor + 100
         where plan = (select plan from accounts where id = $1)`,
      );
      return enter(desk, desk.agent);
    },
    '10.00',
    { paid: '10.00', cost: '13.50' },
  ],
  [
    'granted: nothing',
    async (desk) => {
      await desk.add(1);
      return enter(desk, desk.agent);
    },
    null,
    { paid: null, cost: '12.50' },
  ],
  [
    'granted, beside a bought one: only that one was paid for',
    async (desk) => {
      await desk.add(1);
      await buy(desk, 3);
      const id = await enter(desk, desk.agent);
      await enter(desk, desk.agents[1]!);
      return id;
    },
    null,
    { paid: '10.00', cost: '25.00' },
  ],
  [
    'an emergency pass that is owed: nothing',
    (desk) => enter(desk, desk.agent),
    null,
    { paid: null, cost: '12.50' },
  ],
  [
    'an emergency pass that a purchase settled: the price of that purchase',
    async (desk) => {
      const id = await enter(desk, desk.agent);
      await buy(desk, 3);
      return id;
    },
    '10.00',
    { paid: '10.00', cost: '12.50' },
  ],
  [
    'an emergency pass that granted passes settled: nothing',
    async (desk) => {
      const id = await enter(desk, desk.agent);
      await desk.add(1);
      return id;
    },
    null,
    { paid: null, cost: '12.50' },
  ],
  [
    'an emergency pass that a reversed pass settled: the price of that pass',
    async (desk) => {
      await buy(desk, 1);
      const other = await enter(desk, desk.agents[1]!);
      const id = await enter(desk, desk.agent);
      await takeBack(desk, other);
      return id;
    },
    '12.50',
    { paid: '12.50', cost: '12.50' },
  ],
  [
    'reversed: nothing, in no sum',
    async (desk) => {
      await buy(desk, 3);
      const id = await enter(desk, desk.agent);
      await takeBack(desk, id);
      return id;
    },
    null,
    { paid: null, cost: null },
  ],
  [
    'reversed, beside another: only the other one is in a sum',
    async (desk) => {
      await buy(desk, 3);
      const id = await enter(desk, desk.agent);
      await enter(desk, desk.agents[1]!);
      await takeBack(desk, id);
      return id;
    },
    null,
    { paid: '10.00', cost: '12.50' },
  ],
  [
    'an emergency pass that was settled and then reversed: nothing',
    async (desk) => {
      const id = await enter(desk, desk.agent);
      await buy(desk, 3);
      await takeBack(desk, id);
      return id;
    },
    null,
    { paid: null, cost: null },
  ],
];

const inCurrency = (amount: string | null, currency = 'USD') => amount && { amount, currency };

test.each(cases)('a pass that was %s', async (_, play, paid, sums) => {
  const desk = await openPriced('USD');
  const found = await readPaid(desk, await play(desk));
  expect(found.node.paid).toEqual(inCurrency(paid));
  expect(found.own.paid).toEqual(inCurrency(paid));
  expect(found.all).toMatchObject({ paid: inCurrency(sums.paid), cost: inCurrency(sums.cost) });
  await desk.expectBooksToClose();
});

test.each([
  ['JPY', '1000', '1250'],
  ['KWD', '1.000', '1.250'],
])('in %s amounts have the digits of the currency', async (currency, paid, listPrice) => {
  const desk = await openPriced(currency);
  await buy(desk, 3);
  const { node, all } = await readPaid(desk, await enter(desk, desk.agent));
  expect(node).toMatchObject({ paid: { amount: paid, currency } });
  expect(node.consent?.price?.amount).toBe(listPrice);
  expect(all.paid).toEqual({ amount: paid, currency });
});

test('passes that were bought in two currencies have no sum together, but each its own', async () => {
  const desk = await openPriced('USD');
  await buy(desk, 1);
  await desk.sql(`update accounts set currency = 'EUR' where id = $1`);
  await desk.sql(
    `insert into day_pass_prices
       (plan, currency, minimum_quantity, valid_from, unit_price_minor, example)
     select plan, 'EUR', 1, '2020-01-01', 1100, false from accounts where id = $1`,
  );
  await buy(desk, 1);
  const first = await enter(desk, desk.agent);
  const second = await enter(desk, desk.agents[1]!);
  const { own, all } = await readPaid(desk, first);
  expect(own.paid).toEqual({ amount: '12.50', currency: 'USD' });
  expect(all).toMatchObject({ consumed: 2, paid: null });
  await takeBack(desk, second);
  expect((await readPaid(desk, first)).all.paid).toEqual({ amount: '12.50', currency: 'USD' });
});

test('only callers who may read purchases see what was paid', async () => {
  const desk = await openPriced('USD');
  await buy(desk, 3);
  const paid = (name: string) => `${name} { consumption { id paid { amount } } }`;
  const token = await desk.tokenFor(desk.agent);
  const entered = await ask(
    desk.agent,
    `mutation { ${paid(`consumeDayPass(input: {confirmationToken: "${token}"})`)} }`,
  );
  expect(entered.consumption.paid).toBeNull();
  const { id } = entered.consumption;
  const amountFor = async (bearer: string) => {
    const query = `{ node(id: "${id}") { ... on DayPassConsumption { id paid { amount } } } }`;
    const answer = await fetch(`${site.service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ query }),
    });
    const { data } = (await answer.json()) as { data: { node: Answered['consumption'] } };
    expect(data.node.id).toBe(id);
    return data.node.paid?.amount ?? null;
  };
  expect(await amountFor(desk.admin.bearer)).toBe('10.00');
  expect(await amountFor(desk.agent.bearer)).toBeNull();
  for (const [scopes, seen] of [
    [['agents:read'], null],
    [['agents:read', 'billing:read'], '10.00'],
    [['journal:read'], '10.00'],
  ] as const) {
    const key = await addKey(desk, { scopes: [...scopes] });
    expect([scopes, await amountFor(key.bearer)]).toEqual([scopes, seen]);
  }
  const back = `reverseDayPassConsumption(input: {consumptionId: "${id}", reason: "R"})`;
  expect((await ask(desk.admin, `mutation { ${paid(back)} }`)).consumption.paid).toBeNull();
});

interface Answered {
  consumption: { id: string; paid: { amount: string } | null };
}

/** The payload of a mutation of one field. */
async function ask({ bearer }: Person, query: string): Promise<Answered> {
  const response = await fetch(`${site.service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query }),
  });
  const { data } = (await response.json()) as { data: Record<string, Answered> };
  return Object.values(data)[0]!;
}
