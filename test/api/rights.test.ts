import { rights, requireRight, type Asker } from '../../src/access/rights';
import { addClients, addTickets, codeOf } from '../support/desk/catalogue';
import { openTestSite, type Desk, type Person, type TestSite } from '../support/desk/desk';
import { act } from '../support/desk/streams';
import { ReplyDocument } from '../generated/operations';

/*
 * The table of rights, row by row and person by person. Each row is one operation of that right; what
 * it answers is the code of its first fault, or `ok`.
 */

let site: TestSite;
let desk: Desk;
const people: Record<string, Person> = {};

beforeAll(async () => {
  site = await openTestSite();
  desk = await site.openDesk({ passes: 50 });
  await addClients(desk, 'acme');
  const [ticket] = await addTickets(desk, 2, () => ({ clientExternalId: 'acme' }));
  const input = { ticketId: ticket!.id, body: 'Looked at', idempotencyKey: 'first' };
  await act(desk, ReplyDocument, { input });
  const added = await desk.addAgents([
    { name: 'admin full-time', type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' },
    { name: 'admin occasional, out', role: 'ACCOUNT_ADMIN' },
    { name: 'admin occasional, in', role: 'ACCOUNT_ADMIN' },
    { name: 'agent full-time', type: 'FULL_TIME' },
    { name: 'agent occasional, out' },
    { name: 'agent occasional, in' },
    { name: 'agent without the section', type: 'FULL_TIME', sections: ['REPORTS'] },
    { name: 'deactivated admin', type: 'FULL_TIME', role: 'ACCOUNT_ADMIN', status: 'DEACTIVATED' },
  ]);
  const names = await desk.sql<{ id: string; name: string }>(
    'select id, name from agents where account_id = $1',
  );
  for (const person of added) people[names.find(({ id }) => id === person.id)!.name] = person;
  people.contact = { id: '', bearer: await desk.bearer(null) };
  await desk.enter(people['admin occasional, in']!);
  await desk.enter(people['agent occasional, in']!);
});
afterAll(() => site.close());

const ids = async () => {
  const rows = await desk.sql<{ kind: string; id: string }>(
    `select 'Ticket' as kind, max(id::text) as id from tickets where account_id = $1
     union all select 'TicketReply', max(id::text) from ticket_replies where account_id = $1
     union all select 'Client', max(id::text) from clients where account_id = $1
     union all select 'Agent', max(id::text) from agents where account_id = $1 and name = 'A. Person'
     union all select 'DayPassWallet', max(id::text) from wallets where account_id = $1
     union all select 'DayPassConsumption', max(id::text) from consumptions c
       where account_id = $1 and agent_id = '${people['agent occasional, in']!.id}'`,
  );
  return Object.fromEntries(
    rows.map(({ kind, id }) => [kind, Buffer.from(`${kind}:${id}`).toString('base64url')]),
  ) as Record<
    'Ticket' | 'TicketReply' | 'Client' | 'Agent' | 'DayPassWallet' | 'DayPassConsumption',
    string
  >;
};

const everyone = [
  'admin full-time',
  'admin occasional, out',
  'admin occasional, in',
  'agent full-time',
  'agent occasional, out',
  'agent occasional, in',
  'agent without the section',
  'deactivated admin',
  'contact',
] as const;

type Verdict = 'ok' | 'pass' | 'no';
const codes = { ok: null, pass: 'DAY_PASS_REQUIRED', no: 'FORBIDDEN' };

const admin: Verdict[] = ['ok', 'pass', 'ok', 'no', 'no', 'no', 'no', 'no', 'no'];
/**
 * As `admin`, behind the agent itself: a caller without access first learns that the agent is not
 * theirs.
 */
const behindAgent: Verdict[] = ['ok', 'pass', 'ok', 'no', 'pass', 'no', 'no', 'no', 'no'];
const books: Verdict[] = ['ok', 'ok', 'ok', 'no', 'no', 'no', 'no', 'no', 'no'];
const whoIsIn: Verdict[] = ['ok', 'pass', 'ok', 'ok', 'pass', 'ok', 'ok', 'no', 'no'];
const section: Verdict[] = ['ok', 'pass', 'ok', 'ok', 'pass', 'ok', 'no', 'no', 'no'];
const active: Verdict[] = ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'no', 'no'];
const anyone: Verdict[] = everyone.map(() => 'ok');

const agentsFields = '{ edges { node { id } } }';
const table: [string, Verdict[], string][] = [
  ['account', anyone, '{ account { id } }'],
  ['viewer', anyone, '{ viewer { agent { id dayPassConsumptions { totalCount } } } }'],
  ['references', anyone, '{ viewer { ticketReferences { totalCount } } }'],
  ['prices', anyone, '{ dayPassPrices { plan } }'],
  ['wallet', active, '{ dayPassWallet { balance } }'],
  ['wallets', active, '{ dayPassWallets { balance } }'],
  ['a wallet by node', active, '{ node(id: "$DayPassWallet") { id } }'],
  [
    'notifications',
    active,
    'mutation { markNotificationsRead(input: {upTo: "$DayPassWallet"}) { unread } }',
  ],
  ['agents', whoIsIn, `{ agents ${agentsFields} }`],
  ['an agent by id', whoIsIn, '{ agent(id: "$Agent") { id } }'],
  ['an agent by address', whoIsIn, '{ agent(email: "nobody@desk.example") { id } }'],
  ['an agent by node', whoIsIn, '{ node(id: "$Agent") { id } }'],
  ['another’s gate', behindAgent, '{ agent(id: "$Agent") { portalAccess { allowed } } }'],
  ['tickets', section, '{ tickets { totalCount } }'],
  ['a ticket by id', section, '{ ticket(id: "$Ticket") { id } }'],
  ['a ticket by external id', section, '{ ticket(externalId: "nothing") { id } }'],
  ['a ticket by node', section, '{ node(id: "$Ticket") { id } }'],
  ['clients', section, '{ clients { totalCount } }'],
  ['a client by node', section, '{ node(id: "$Client") { id } }'],
  [
    'updateTicket',
    section,
    'mutation { updateTicket(input: {ticketId: "$Ticket"}) { ticket { id } } }',
  ],
  ['replies on a ticket', section, '{ ticket(id: "$Ticket") { replies { totalCount } } }'],
  ['a reply by node', section, '{ node(id: "$TicketReply") { id } }'],
  [
    'replyToTicket',
    section,
    'mutation { replyToTicket(input: {ticketId: "$Ticket", body: "Seen", idempotencyKey: "k"}) { reply { id } } }',
  ],
  ['another’s running pass', behindAgent, '{ agent(id: "$Agent") { activeDayPass { id } } }'],
  [
    'another’s passes',
    behindAgent,
    '{ agent(id: "$Agent") { dayPassConsumptions { totalCount } } }',
  ],
  ['keys', admin, '{ apiKeys { totalCount } }'],
  ['createApiKey', admin, 'mutation { createApiKey(input: {name: ""}) { userErrors { code } } }'],
  [
    'revokeApiKey',
    admin,
    'mutation { revokeApiKey(input: {apiKeyId: "$Agent"}) { userErrors { code } } }',
  ],
  [
    'createPortalSession',
    everyone.map(() => 'no'),
    'mutation { createPortalSession(input: {agentId: "$Agent"}) { token } }',
  ],
  ['webhooks', admin, '{ webhookEndpoints { totalCount } }'],
  [
    'createWebhookEndpoint',
    admin,
    'mutation { createWebhookEndpoint(input: {url: "none"}) { userErrors { code } } }',
  ],
  [
    'deleteWebhookEndpoint',
    admin,
    'mutation { deleteWebhookEndpoint(input: {endpointId: "$Agent"}) { userErrors { code } } }',
  ],
  ['purchases', books, '{ dayPassPurchases { totalCount } }'],
  ['consumptions', admin, '{ dayPassConsumptions { totalCount } }'],
  ['usage', admin, '{ dayPassUsage(from: "2026-01-01", to: "2026-01-02") { consumed } }'],
  ['sums', admin, '{ dayPassConsumptionSums { consumed } }'],
  ['forecast', admin, '{ dayPassForecast { kind } }'],
  [
    'upsertTickets',
    admin,
    'mutation { upsertTickets(input: {tickets: []}) { userErrors { code } } }',
  ],
  [
    'upsertClients',
    admin,
    'mutation { upsertClients(input: {clients: []}) { userErrors { code } } }',
  ],
  ['updateAccount', admin, 'mutation { updateAccount(input: {}) { account { id } } }'],
  ['identityProviders', admin, '{ identityProviders { id } }'],
  [
    'setIdentityProvider',
    admin,
    'mutation { setIdentityProvider(input: {issuer: ""}) { userErrors { code } } }',
  ],
  [
    'removeIdentityProvider',
    admin,
    'mutation { removeIdentityProvider(input: {identityProviderId: "$Ticket"}) { userErrors { code } } }',
  ],
  [
    'unlinkAgentIdentities',
    admin,
    'mutation { unlinkAgentIdentities(input: {agentId: "$Ticket"}) { userErrors { code } } }',
  ],
];

const cases = table.flatMap(([what, verdicts, query]) =>
  everyone.map((who, at) => [what, who, verdicts[at]!, query] as const),
);

test.each(cases)('%s, %s: %s', async (_what, who, verdict, query) => {
  const known = await ids();
  const filled = query.replace(/\$(\w+)/g, (_match, type: keyof typeof known) => known[type]);
  expect(await codeOf(desk, people[who]!.bearer, filled)).toBe(codes[verdict]);
});

test("another agent's passes need an admin with access, one's own need no permission", async () => {
  const { DayPassConsumption: id } = await ids();
  const query = `{ node(id: "${id}") { id } }`;
  const own = people['agent occasional, in']!;
  expect(await codeOf(desk, own.bearer, query)).toBeNull();
  expect(await codeOf(desk, people['admin full-time']!.bearer, query)).toBeNull();
  expect(await codeOf(desk, people['agent full-time']!.bearer, query)).toBe('FORBIDDEN');
  expect(await codeOf(desk, people['admin occasional, out']!.bearer, query)).toBe(
    'DAY_PASS_REQUIRED',
  );
  expect(await codeOf(desk, people.contact!.bearer, query)).toBe('FORBIDDEN');
});

test('without the permission, the answer is the same for what exists and what does not', async () => {
  const known = await ids();
  const out = people['admin occasional, out']!;
  for (const type of ['Ticket', 'TicketReply', 'Client', 'Agent', 'DayPassConsumption'] as const) {
    const nothing = Buffer.from(`${type}:01890000-0000-7000-8000-000000000000`);
    for (const id of [known[type], nothing.toString('base64url')]) {
      expect(await codeOf(desk, out.bearer, `{ node(id: "${id}") { id } }`)).toBe(
        'DAY_PASS_REQUIRED',
      );
    }
  }
});

test('without a bearer token every field is refused', async () => {
  const known = await ids();
  for (const [, , query] of table) {
    const filled = query.replace(/\$(\w+)/g, (_match, type: keyof typeof known) => known[type]);
    expect(await codeOf(desk, null, filled)).toBe('UNAUTHENTICATED');
  }
});

test("without access, one can only buy and read one's own data", () => {
  const open = Object.entries(rights).flatMap(([name, rule]) => (rule.gated ? [] : [name]));
  expect(open.sort()).toEqual([
    'billing:read',
    'billing:update',
    'notices:read',
    'own:read',
    'passes:purchase',
    'portal-sessions:write',
    'prices:read',
    'references:read',
    'wallet:read',
  ]);
});

test('a refusal names the permission, and the section if the caller can have one', () => {
  const agent = {
    principal: { kind: 'AGENT', sessionKeyId: null },
    agentAccess: { agent: { status: 'ACTIVE', role: 'AGENT', sections: ['REPORTS'] } },
  } as unknown as Asker;
  const serviceKey = { principal: { kind: 'SERVICE_KEY', scopes: [] }, agentAccess: null };
  const messageOf = (right: keyof typeof rights, asker: Asker) => {
    try {
      requireRight(right, asker, 0);
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(messageOf('tickets:read', agent)).toBe(
    'This needs the permission tickets:read and the section TICKETS.',
  );
  expect(messageOf('account:write', agent)).toBe('This needs the permission account:write.');
  expect(messageOf('tickets:read', serviceKey as unknown as Asker)).toBe(
    'This needs the permission tickets:read.',
  );
});
