import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import { codeOf, send } from '../support/desk/catalogue';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { addKey } from '../support/desk/keys';

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
  desk = await site.openDesk();
  await desk.sql(
    `insert into day_pass_prices (plan, currency, minimum_quantity, unit_price_minor, valid_from,
       example)
     select plan, currency, 1, 1000, now() - interval '1 day', false from accounts where id = $1`,
  );
  for (const quantity of [1, 2, 3, 4, 5]) {
    await send(
      desk,
      desk.admin.bearer,
      `mutation { purchaseDayPasses(input: {quantity: ${quantity}, idempotencyKey: "${newId()}"})
        { userErrors { code } } }`,
    );
    await desk.add(1);
  }
});
afterAll(() => site.close());

interface Page {
  totalCount: number;
  edges: { node: { quantity: number } }[];
  pageInfo: { endCursor: string; hasNextPage: boolean };
}

async function read(args: string): Promise<Page> {
  const fields = 'totalCount edges { node { quantity } } pageInfo { endCursor hasNextPage }';
  const answer = await send(desk, desk.admin.bearer, `{ dayPassPurchases${args} { ${fields} } }`);
  return (answer as unknown as { data: { dayPassPurchases: Page } }).data.dayPassPurchases;
}

const quantities = ({ edges }: Page) => edges.map(({ node }) => node.quantity);

test('purchases are listed newest first, and paged', async () => {
  const first = await read('(first: 2)');
  expect(quantities(first)).toEqual([5, 4]);
  expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } });
  const rest = await read(`(first: 9, after: "${first.pageInfo.endCursor}")`);
  expect(quantities(rest)).toEqual([3, 2, 1]);
  expect(quantities(await read('(last: 2)'))).toEqual([2, 1]);
});

test('those of one wallet, and of one that does not exist', async () => {
  const [own] = await desk.sql<{ id: string }>('select id from wallets where account_id = $1');
  const of = (id: string) => read(`(walletId: "${nodeId('DayPassWallet', id)}")`);
  expect(quantities(await of(own!.id))).toHaveLength(5);
  expect(quantities(await of(newId()))).toEqual([]);
});

test('they are for admins, with or without access, and for keys that may read the books', async () => {
  const query = '{ dayPassPurchases { edges { node { id total { amount } } } } }';
  const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
  expect(await codeOf(desk, outside!.bearer, query)).toBeNull();
  for (const bearer of [desk.agent.bearer, await desk.bearer(null)]) {
    expect(await codeOf(desk, bearer, query)).toBe('FORBIDDEN');
  }
  for (const [scope, code] of [
    ['billing:read', null],
    ['wallet:write', null],
    ['journal:read', null],
    ['wallet:read', 'FORBIDDEN'],
  ] as const) {
    const { bearer } = await addKey(desk, { scopes: [scope] });
    expect(await codeOf(desk, bearer, query)).toBe(code);
  }
});
