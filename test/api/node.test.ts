import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { NodesDocument } from '../generated/operations';
import { addClients, addTickets, codeOf, send } from '../support/desk/catalogue';
import { addKey } from '../support/desk/keys';
import { dataOf, faultCodeOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { root } from '../support/sources';

let site: TestSite;
let desk: Desk;
let foreign: Desk;
/** By type: an id of the desk's own, one of another account's, one that nothing has. */
const ids: Record<string, { own: string; foreign: string; none: string }> = {};

const tables: Record<string, string> = {
  Account: 'select id from accounts where id = $1',
  Agent: 'select id from agents where account_id = $1',
  Client: 'select id from clients where account_id = $1',
  Ticket: 'select id from tickets where account_id = $1',
  TicketReference: 'select id from tickets where account_id = $1',
  DayPassWallet: 'select id from wallets where account_id = $1',
  DayPassConsumption: 'select id from consumptions where account_id = $1',
  ApiKey: 'select id from api_keys where account_id = $1',
  WebhookEndpoint: 'select id from webhook_endpoints where account_id = $1',
  NoticeChannel: 'select id from notice_channels where account_id = $1',
  IdentityProvider: 'select id from identity_providers where account_id = $1',
  DayPassEvent: `select id from journal_entries where account_id = $1 and kind = 'DayPassConsumed'`,
};

const encode = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64url');

async function fill(filled: Desk): Promise<Record<string, string>> {
  await addClients(filled, 'acme');
  await filled.sql('update agents set email = $3 where account_id = $1 and id = $2', [
    filled.admin.id,
    'person@desk.example',
  ]);
  await addTickets(filled, 1, () => ({
    clientExternalId: 'acme',
    requesterEmail: 'person@desk.example',
  }));
  await filled.proceed(
    filled.agent,
    await filled.tokenFor(filled.agent, { ticketExternalId: 'T1' }),
  );
  await addKey(filled);
  const hook = 'input: {url: "https://hooks.example"}';
  await send(filled, filled.admin.bearer, `mutation { createWebhookEndpoint(${hook}) { secret } }`);
  const teams = 'https://no.invalid.api.powerplatform.com/x';
  const channel = `{kind: TEAMS, name: "Passes", url: "${teams}", notices: []}`;
  await send(
    filled,
    filled.admin.bearer,
    `mutation { setNoticeChannel(input: ${channel}) { channel { id } } }`,
  );
  const provider = '{issuer: "https://login.msp.example", clientId: "portal"}';
  const set = `mutation { setIdentityProvider(input: ${provider}) { userErrors { code } } }`;
  await send(filled, filled.admin.bearer, set);
  const found: Record<string, string> = {};
  for (const [type, sql] of Object.entries(tables)) {
    const [row] = await filled.sql<{ id: string }>(`${sql} limit 1`);
    found[type] = encode(type, row!.id);
  }
  return found;
}

beforeAll(async () => {
  site = await openTestSite();
  desk = await site.openDesk({ passes: 10 });
  foreign = await site.openDesk({ passes: 10 });
  const [own, others] = [await fill(desk), await fill(foreign)];
  for (const type of Object.keys(tables)) {
    const none = encode(type, '01890000-0000-7000-8000-000000000000');
    ids[type] = { own: own[type]!, foreign: others[type]!, none };
  }
});
afterAll(() => site.close());

const nodes = (asked: string[]) =>
  site.service.request(NodesDocument, { token: desk.admin.bearer, variables: { ids: asked } });

test('nodes finds each type by its id, and returns null for one that does not exist or is of another account', async () => {
  const all = Object.values(ids);
  const asked = all.flatMap(({ own, foreign: others, none }) => [own, others, none]);
  const found = dataOf(await nodes(asked)).nodes;
  const expected = Object.keys(tables).flatMap((type) => [
    { __typename: type === 'DayPassEvent' ? 'DayPassConsumed' : type, id: ids[type]!.own },
    null,
    null,
  ]);
  expect(found).toEqual(expected);
});

test('an id that we never issued is null among others, and alone it is an error', async () => {
  const uuid = '0189abcd-0000-7000-8000-000000000000';
  const malformed = [
    '',
    'x',
    'Ticket:1',
    encode('Ticket', 'x'),
    encode('Ticket', uuid.toUpperCase()),
    `${ids.Ticket!.own}=`,
    'a\0b',
    '\ud83d',
    '💥'.repeat(100),
    'x'.repeat(10_000),
  ];
  const own = { __typename: 'Ticket', id: ids.Ticket!.own };
  for (const id of malformed) {
    expect(dataOf(await nodes([own.id, id, own.id])).nodes).toEqual([own, null, own]);
    const one = 'query Q($id: ID!) { node(id: $id) { id } }';
    expect(await codeOf(desk, desk.admin.bearer, one, { id })).toBe('BAD_USER_INPUT');
  }
});

test('at most 100 at once', async () => {
  const hundred = Array.from({ length: 100 }, () => ids.Ticket!.own);
  expect(dataOf(await nodes(hundred)).nodes).toHaveLength(100);
  expect(faultCodeOf(await nodes([...hundred, ids.Ticket!.own]))).toBe('BAD_USER_INPUT');
});

test('a row that the caller may not see is refused, and the rest is returned', async () => {
  const answer = await send(
    desk,
    await desk.bearer(null),
    'query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    { ids: [ids.Account!.own, ids.Ticket!.own, ids.TicketReference!.own] },
  );
  expect(answer.data).toEqual({
    nodes: [{ id: ids.Account!.own }, null, { id: ids.TicketReference!.own }],
  });
  expect(answer.errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'FORBIDDEN' } }]);
});

test('the gateway of the examples joins 150 rows by two queries, each in its place', async () => {
  const { own, foreign: others, none } = ids.Ticket!;
  const kinds = [own, 'malformed', own, others, none];
  const asked = Array.from({ length: 150 }, (_, at) => kinds[at % kinds.length]!);
  const program = path.join(root, 'test/support/browser/gateway.program.mjs');
  const given = [program, site.service.url, desk.admin.bearer, JSON.stringify(asked)];
  const { stdout } = await promisify(execFile)(process.execPath, given);
  const answer = JSON.parse(stdout) as { data: { orders: object[] } };
  const orders = asked.map((id, number) => ({
    number,
    ticket: id === own ? { id, subject: 'About T1' } : null,
  }));
  expect(answer).toEqual({ data: { orders }, asked: 2 });
});
