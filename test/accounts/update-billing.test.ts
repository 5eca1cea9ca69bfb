import { setBuyer } from '../../src/operator/set-buyer';
import { setSeller } from '../../src/operator/set-seller';
import { codeOf, send } from '../support/desk/catalogue';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { agentNode } from '../support/desk/streams';
import { addKey } from '../support/desk/keys';
import { becomeOperator } from '../support/desk/operator';
import { runVerb } from '../support/verb';

let site: TestSite;
let operator: ReturnType<typeof becomeOperator>;

beforeAll(async () => {
  site = await openTestSite();
  operator = becomeOperator(site);
});
afterAll(async () => {
  await operator.close();
  await site.close();
});

const kestrel = {
  name: 'Kestrel IT GmbH',
  addressLines: ['Ostwall 5'],
  city: 'Köln',
  country: 'DE',
};
const entered = {
  ...kestrel,
  postalCode: null,
  region: null,
  vatId: null,
  registrationId: null,
  electronicAddress: null,
};
const party =
  'name addressLines postalCode city region country vatId registrationId electronicAddress';
const billing = `billing { billingEmail buyer { ${party} } seller { ${party} } paymentMethods }`;
const mutation = `mutation M($input: UpdateBillingInput!) { updateBilling(input: $input) {
  account { ${billing} } userErrors { code field } } }`;

type Answer = {
  updateBilling: {
    account: { billing: Record<string, unknown> } | null;
    userErrors: { code: string; field: string[] }[];
  };
};

async function update(desk: Desk, input: object, bearer = desk.admin.bearer) {
  const { data, errors } = await send(desk, bearer, mutation, { input });
  expect(errors).toEqual([]);
  return (data as Answer).updateBilling;
}

test('an admin enters and changes the invoice address, without a pass, and the audit trail has it', async () => {
  const desk = await site.openDesk();
  const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
  const first = await update(desk, { buyer: kestrel, billingEmail: ' Bills@Kestrel.example ' });
  expect(first).toEqual({
    account: {
      billing: {
        billingEmail: 'bills@kestrel.example',
        buyer: entered,
        seller: null,
        paymentMethods: ['NONE'],
      },
    },
    userErrors: [],
  });
  const tidied = { ...kestrel, city: ' Köln ', vatId: 'de 123 456 789', region: '' };
  const second = await update(desk, { buyer: tidied }, outside!.bearer);
  expect(second.account?.billing).toMatchObject({
    billingEmail: 'bills@kestrel.example',
    buyer: { ...entered, vatId: 'DE123456789' },
  });
  // The same again is no change.
  await update(desk, { buyer: tidied });
  await update(desk, {});
  expect((await update(desk, { billingEmail: null })).account?.billing.billingEmail).toBeNull();
  const { data } = await send(
    desk,
    desk.admin.bearer,
    '{ auditEvents(filter: {action: "billing.updated"}) { edges { node { before after } } } }',
  );
  const { edges } = data!.auditEvents as { edges: { node: object }[] };
  expect(edges.map(({ node }) => node)).toEqual([
    { before: { billingEmail: 'bills@kestrel.example' }, after: { billingEmail: null } },
    { before: { vatId: null }, after: { vatId: 'DE123456789' } },
    {
      before: expect.objectContaining({ name: null, billingEmail: null }),
      after: { ...kestrel, billingEmail: 'bills@kestrel.example' },
    },
  ]);
  await desk.expectBooksToClose();
});

test.each<[object, string[]]>([
  [{ name: ' ' }, ['buyer', 'name']],
  [{ name: 'x'.repeat(201) }, ['buyer', 'name']],
  [{ addressLines: [] }, ['buyer', 'addressLines']],
  [{ addressLines: ['1', '2', '3', '4'] }, ['buyer', 'addressLines']],
  [{ addressLines: ['1', ''] }, ['buyer', 'addressLines', '1']],
  [{ postalCode: 'x'.repeat(21) }, ['buyer', 'postalCode']],
  [{ city: '' }, ['buyer', 'city']],
  [{ region: 'x'.repeat(101) }, ['buyer', 'region']],
  [{ country: 'de' }, ['buyer', 'country']],
  [{ country: 'XX' }, ['buyer', 'country']],
  [{ country: 'Germany' }, ['buyer', 'country']],
  [{ vatId: 'DE12' }, ['buyer', 'vatId']],
  [{ country: 'CH', vatId: 'DE123456789' }, ['buyer', 'vatId']],
  [{ registrationId: 'x'.repeat(51) }, ['buyer', 'registrationId']],
  [{ electronicAddress: 'bills' }, ['buyer', 'electronicAddress']],
])('a buyer with %j is refused at the field, and nothing is stored', async (wrong, field) => {
  const desk = await site.openDesk();
  const refused = await update(desk, {
    buyer: { ...kestrel, ...wrong },
    billingEmail: 'bills@kestrel.example',
  });
  expect(refused).toEqual({ account: null, userErrors: [{ code: 'VALIDATION_FAILED', field }] });
  expect(await desk.sql('select * from billing where account_id = $1')).toEqual([]);
});

test('an address that is not one mailbox is refused', async () => {
  const desk = await site.openDesk();
  const refused = await update(desk, { buyer: kestrel, billingEmail: 'a@b.example, c@d.example' });
  expect(refused.userErrors).toEqual([{ code: 'VALIDATION_FAILED', field: ['billingEmail'] }]);
});

test('only admins in person change it; only they and keys for bookkeeping read it', async () => {
  const desk = await site.openDesk();
  const scopes = ['billing:read', 'wallet:write', 'agents:write'];
  const key = await addKey(desk, { scopes });
  const adminsKey = await addKey(desk, { agentId: agentNode(desk.admin) });
  await update(desk, { buyer: kestrel });
  for (const bearer of [key.bearer, adminsKey.bearer, desk.agent.bearer]) {
    expect(await codeOf(desk, bearer, mutation, { input: { buyer: kestrel } })).toBe('FORBIDDEN');
  }
  const query = '{ account { billing { buyer { city } } } }';
  const read = async (bearer: string) => (await send(desk, bearer, query)).data?.account;
  expect(await read(key.bearer)).toEqual({ billing: { buyer: { city: 'Köln' } } });
  expect(await read(desk.agent.bearer)).toEqual({ billing: null });
});

test('changes at once lose nothing of each other', async () => {
  const desk = await site.openDesk();
  const inputs = [{ buyer: kestrel }, { billingEmail: 'a@b.example' }, { buyer: kestrel }];
  await Promise.all(inputs.map((input) => update(desk, input)));
  expect(
    await desk.sql(
      `select buyer->>'city' as city, billing_email from billing where account_id = $1`,
    ),
  ).toEqual([{ city: 'Köln', billing_email: 'a@b.example' }]);
});

test('the operator sets the buyer under its name, and the account sees the seller', async () => {
  const desk = await site.openDesk();
  await expect(setBuyer(operator.on, desk.slug, { city: 'Bonn' })).rejects.toMatchObject({
    field: 'name',
  });
  const run = (...args: string[]) =>
    runVerb(['account', 'billing', '--slug', desk.slug, ...args], {
      DATABASE_URL: site.service.databaseUrl,
    });
  expect((await run()).output).toBe('No invoice address has been entered.\n');
  const values = ['--name', 'Kestrel', '--address-line', 'Ostwall 5', '--city', 'Köln'];
  const set = await run(...values, '--country', 'DE', '--billing-email', 'a@b.example', '--json');
  expect(JSON.parse(set.output)).toEqual({
    slug: desk.slug,
    buyer: { ...entered, name: 'Kestrel' },
    billingEmail: 'a@b.example',
  });
  const changed = await run('--postal-code', '50667', '--billing-email', '');
  expect(changed.output).toBe('Kestrel, Ostwall 5, 50667 Köln DE\n');
  expect((await run('--country', 'Mars')).errors).toMatch(/^--country: /);
  expect((await run('--billing-email', 'nobody')).errors).toMatch(/^--billing-email: /);
  const [act] = await desk.sql<{ actor_kind: string; door: string }>(
    `select actor_kind, door from audit_events where account_id = $1 and action = 'billing.updated'`,
  );
  expect(act).toEqual({ actor_kind: 'OPERATOR', door: 'cli' });

  await setSeller(operator.on, { name: 'Owl', addressLines: ['1'], city: 'Bonn', country: 'DE' });
  const { data } = await send(
    desk,
    desk.admin.bearer,
    '{ account { billing { seller { name } buyer { postalCode } } } }',
  );
  expect(data?.account).toEqual({
    billing: { seller: { name: 'Owl' }, buyer: { postalCode: '50667' } },
  });
});
