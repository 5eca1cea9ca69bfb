import { isInputObjectType } from 'graphql';
import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import { buildApiSchema } from '../../src/server/operation/schema';
import { addTickets, codeOf, send } from '../support/desk/catalogue';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';

/* Texts that PostgreSQL cannot store are refused at the door, and never become an internal error. */

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
  desk = await site.openDesk({ passes: 1 });
  await addTickets(desk, 1);
});
afterAll(() => site.close());

const fields = [
  'tickets(filter: {search: $text}) { totalCount }',
  'tickets(filter: {externalIds: [$text]}) { totalCount }',
  'tickets(after: $text) { totalCount }',
  'ticket(externalId: $text) { id }',
  'agents(filter: {search: $text}) { totalCount }',
  'agent(email: $text) { id }',
  'clients(filter: {search: $text}) { totalCount }',
  'clients(filter: {externalIds: [$text]}) { totalCount }',
  'node(id: $id) { id }',
  'dayPassWallet(id: $id) { id }',
  'viewer { portalAccess(ticketExternalId: $text) { allowed } }',
  'viewer { portalAccess(locale: $text) { allowed } }',
];

const texts = { 'U+0000': 'a\0b', 'half a pair': 'a\ud83d', 'the other half': '\ude00' };

describe.each(Object.entries(texts))('%s', (_name, text) => {
  test.each(fields)('%s', async (field) => {
    const declared = field.includes('$text') ? '$text: String!' : '$id: ID!';
    const query = `query Q(${declared}) { ${field} }`;
    expect(await codeOf(desk, desk.admin.bearer, query, { text, id: text })).toBe('BAD_USER_INPUT');
  });
});

test('in the text of the operation it is the same', async () => {
  const query = '{ tickets(filter: {search: "a\\u0000"}) { totalCount } }';
  expect(await codeOf(desk, desk.admin.bearer, query)).toBe('BAD_USER_INPUT');
});

test('whole pairs and any script are searched for', async () => {
  const query = 'query Q($text: String!) { tickets(filter: {search: $text}) { totalCount } }';
  expect(await codeOf(desk, desk.admin.bearer, query, { text: '😀 日本' })).toBeNull();
});

test.each([
  'tickets(filter: {search: $text}) { totalCount }',
  'agents(filter: {search: $text}) { totalCount }',
  'clients(filter: {search: $text}) { totalCount }',
])('a search of more than 200 characters is refused: %s', async (field) => {
  const query = `query Q($text: String!) { ${field} }`;
  const ask = (length: number) =>
    codeOf(desk, desk.admin.bearer, query, { text: 'x'.repeat(length) });
  expect(await ask(200)).toBeNull();
  expect(await ask(201)).toBe('BAD_USER_INPUT');
});

test.each(['dayPassConsumptions(filter: {localDate: $date}) { totalCount }'])(
  'dates at the ends of the calendar are dates: %s',
  async (field) => {
    const query = `query Q($date: Date!) { ${field} }`;
    for (const date of ['0001-01-01', '9999-12-31']) {
      expect(await codeOf(desk, desk.admin.bearer, query, { date })).toBeNull();
    }
  },
);

test.each([
  '+99:00',
  '+24:00',
  '-24:00',
  '+15:00',
  '+14:01',
  '+00:60',
  '+0960',
  '+99',
  '+1:00',
  'z',
  '',
])('the offset %j is no offset', async (offset) => {
  expect(await instantCode(`2026-11-23T10:00:00${offset}`)).toBe('BAD_USER_INPUT');
});

test.each([
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '2026-11-31T00:00:00Z',
  '2026-11-00T00:00:00Z',
  '2026-11-23T24:00:00Z',
  '2026-11-23T25:00:00Z',
  '2026-11-23T23:60:00Z',
  '2026-11-23T23:59:60Z',
  '2026-11-23T23:59:61Z',
  '2026-W48-1T00:00:00Z',
  '+002026-11-23T00:00:00Z',
  '2026-11-23',
])('%s is no instant', async (text) => {
  expect(await instantCode(text)).toBe('BAD_USER_INPUT');
});

test.each(['Z', '+00:00', '-00:00', '+14:00', '-12:00', '+0545', '+09', '-03:30', '+12:45'])(
  'the offset %s is one',
  async (offset) => {
    expect(await instantCode(`2026-11-23T10:00:00.123${offset}`)).toBeNull();
  },
);

test.each(['2026-13-01', '2026-02-30', '2026-00-10', '2026-1-1', '0000-01-01', '10000-01-01'])(
  '%s is no date',
  async (date) => {
    const query =
      'query Q($d: Date!) { dayPassConsumptions(filter: {localDate: $d}) { totalCount } }';
    expect(await codeOf(desk, desk.admin.bearer, query, { d: date })).toBe('BAD_USER_INPUT');
  },
);

test.each([
  'PT',
  'P',
  'PT1',
  'PT1H1H',
  '-PT1H',
  'PT-1H',
  'PT2H-1M',
  'P1Y2',
  'P99999999999Y',
  'PT1e3H',
  '1H',
])('%s is no duration', async (by) => {
  const query =
    'mutation M($by: String!) { advanceTestClock(input: {by: $by}) { userErrors { code field } } }';
  const { data } = await send(desk, desk.admin.bearer, query, { by });
  expect(data?.advanceTestClock).toEqual({
    userErrors: [{ code: 'VALIDATION_FAILED', field: ['by'] }],
  });
});

describe('a name', () => {
  const named: Record<string, [mutation: string, path: string[]]> = {
    'InviteAgentInput.name': [
      'inviteAgent(input: {email: "a@b.example", name: $n, type: OCCASIONAL, timeZone: "UTC"})',
      ['name'],
    ],
    'ImportAgentRowInput.name': [
      'importAgents(input: {rows: [{email: "a@b.example", name: $n, type: OCCASIONAL, timeZone: "UTC"}]})',
      ['rows', '0', 'name'],
    ],
    'UpdateAgentInput.name': ['updateAgent(input: {agentId: $agent, name: $n})', ['name']],
    'UpdateAccountInput.name': ['updateAccount(input: {name: $n})', ['name']],
    'InvoicePartyInput.name': [
      'updateBilling(input: {buyer: {name: $n, addressLines: ["1"], city: "b", country: "DE"}})',
      ['buyer', 'name'],
    ],
    'UpdateDayPassWalletInput.name': [
      'updateDayPassWallet(input: {walletId: $wallet, name: $n})',
      ['name'],
    ],
    'CreateApiKeyInput.name': ['createApiKey(input: {name: $n, agentId: $agent})', ['name']],
    'SetIdentityProviderInput.name': [
      'setIdentityProvider(input: {issuer: "https://a.example", clientId: "a", name: $n})',
      ['name'],
    ],
    'SetNoticeChannelInput.name': [
      'setNoticeChannel(input: {kind: SLACK, name: $n, url: "https://hooks.slack.com/services/a/b/c", notices: [BALANCE_LOW]})',
      ['name'],
    ],
    'UpsertClientInput.name': [
      'upsertClients(input: {clients: [{externalId: "c", name: $n}]})',
      ['clients', '0', 'name'],
    ],
    'UpsertTicketInput.requesterName': [
      'upsertTickets(input: {tickets: [{externalId: "t", subject: "s", requesterName: $n, requesterEmail: "a@b.example"}]})',
      ['tickets', '0', 'requesterName'],
    ],
  };

  test('is each input that is called so', () => {
    const inputs = Object.values(buildApiSchema().getTypeMap()).filter(isInputObjectType);
    const names = inputs.flatMap((type) =>
      Object.keys(type.getFields())
        .filter((field) => /(^n|N)ame$/.test(field))
        .map((field) => `${type.name}.${field}`),
    );
    expect(names.sort()).toEqual(Object.keys(named).sort());
  });

  test.each(Object.values(named))(
    'is refused if it is not one line of visible text: %s',
    async (mutation, path) => {
      const errors = 'userErrors { code field }';
      // An import answers for each row.
      const selection = mutation.startsWith('importAgents') ? `rows { ${errors} }` : errors;
      const query =
        `mutation M($n: String!, $agent: ID!, $wallet: ID!) { ${mutation} { ${selection} } }`
          .replace(mutation.includes('$agent') ? '' : ', $agent: ID!', '')
          .replace(mutation.includes('$wallet') ? '' : ', $wallet: ID!', '');
      const agent = nodeId('Agent', desk.agent.id);
      const wallet = nodeId('DayPassWallet', newId());
      for (const n of ['No\nor', 'No\u202eor', 'No\u0007or', '\u200b', '\u3164']) {
        const { data } = await send(desk, desk.admin.bearer, query, { n, agent, wallet });
        type Errors = { userErrors: unknown };
        const [answer] = Object.values(data ?? {}) as (Errors & { rows?: Errors[] })[];
        const { userErrors } = answer?.rows?.[0] ?? answer!;
        expect(userErrors).toEqual([{ code: 'VALIDATION_FAILED', field: path }]);
      }
    },
  );

  test('a value that was stored earlier stays, and the other values of its agent can be changed', async () => {
    const [old] = await desk.addAgents([{ name: 'No\nor' }]);
    const query = `mutation M($agent: ID!) { updateAgent(input: {agentId: $agent, timeZone: "Asia/Tokyo"})
      { agent { name timeZone } userErrors { code } } }`;
    const agent = nodeId('Agent', old!.id);
    expect((await send(desk, desk.admin.bearer, query, { agent })).data?.updateAgent).toEqual({
      agent: { name: 'No\nor', timeZone: 'Asia/Tokyo' },
      userErrors: [],
    });
  });
});

const instantCode = (at: string) =>
  codeOf(
    desk,
    desk.admin.bearer,
    'query Q($at: DateTime!) { dayPassConsumptions(filter: {from: $at}) { totalCount } }',
    { at },
  );

test('instants at the ends of the calendar are instants', async () => {
  const query =
    'query Q($at: DateTime!) { dayPassConsumptions(filter: {from: $at, to: $at}) { totalCount } }';
  for (const at of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00']) {
    expect(await codeOf(desk, desk.admin.bearer, query, { at })).toBeNull();
  }
});

test.each([
  'grantDayPasses(input: {walletId: $wallet, quantity: 1, reason: "r", idempotencyKey: "far", expiresAt: $at})',
  'createApiKey(input: {name: "Far", scopes: ["wallet:read"], expiresAt: $at})',
])('an end past the calendar is refused: %s', async (mutation) => {
  const [row] = await desk.sql<{ id: string }>('select id from wallets where account_id = $1');
  const query = `mutation M($at: DateTime!, $wallet: ID!) { ${mutation} { userErrors { code field } } }`;
  const asked = mutation.includes('$wallet') ? query : query.replace(', $wallet: ID!', '');
  const wallet = nodeId('DayPassWallet', row!.id);
  const at = '9999-12-31T23:59:59-14:00';
  const { data, errors } = await send(desk, desk.admin.bearer, asked, { at, wallet });
  expect(errors).toEqual([]);
  expect(Object.values(data!)).toEqual([
    { userErrors: [{ code: 'VALIDATION_FAILED', field: ['expiresAt'] }] },
  ]);
});
