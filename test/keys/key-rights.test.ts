import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rights } from '../../src/access/rights';
import { agentKeyScopes, scopes, type Scope } from '../../src/access/scopes';
import { addClients, addTickets, codeOf, send } from '../support/desk/catalogue';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { addAgentKey, addKey, type Key } from '../support/desk/keys';
import { root } from '../support/sources';

/*
 * The table of rights in its column of keys: each row is one operation, and the one scope that opens
 * it; every key that has all scopes but that one is refused.
 */

let site: TestSite;
let desk: Desk;
let everything: Record<'Ticket' | 'Agent' | 'DayPassWallet' | 'DayPassConsumption', string>;
const service = new Map<string, Key>();
const admins = new Map<string, Key>();

const but = (scope: Scope) => scopes.filter((other) => other !== scope);

beforeAll(async () => {
  site = await openTestSite();
  desk = await site.openDesk({ passes: 5 });
  await addClients(desk, 'acme');
  await addTickets(desk, 1, () => ({ clientExternalId: 'acme' }));
  await desk.enter(desk.agent);
  for (const scope of scopes) {
    service.set(scope, await addKey(desk, { scopes: [scope] }));
    service.set(`all but ${scope}`, await addKey(desk, { scopes: but(scope) }));
  }
  for (const scope of agentKeyScopes) {
    const rest = agentKeyScopes.filter((other) => other !== scope);
    admins.set(scope, await addAgentKey(desk, desk.admin, { scopes: [scope] }));
    admins.set(`all but ${scope}`, await addAgentKey(desk, desk.admin, { scopes: rest }));
  }
  const rows = await desk.sql<{ kind: string; id: string }>(
    `select 'Ticket' as kind, id from tickets where account_id = $1
     union all select 'Agent', id from agents where account_id = $1 and type = 'OCCASIONAL'
     union all select 'DayPassWallet', id from wallets where account_id = $1
     union all select 'DayPassConsumption', id from consumptions where account_id = $1`,
  );
  everything = Object.fromEntries(
    rows.map(({ kind, id }) => [kind, Buffer.from(`${kind}:${id}`).toString('base64url')]),
  ) as typeof everything;
});
afterAll(() => site.close());

const table: [what: string, scope: Scope, query: string][] = [
  ['a wallet', 'wallet:read', '{ dayPassWallet { balance } }'],
  ['a wallet by node', 'wallet:read', '{ node(id: "$DayPassWallet") { id } }'],
  ['prices', 'wallet:read', '{ dayPassPrices { plan } }'],
  [
    'a grant',
    'wallet:write',
    'mutation { grantDayPasses(input: {quantity: 0, reason: "x", idempotencyKey: "k"}) { replayed } }',
  ],
  [
    'a purchase',
    'wallet:write',
    'mutation { purchaseDayPasses(input: {quantity: 0, idempotencyKey: "k"}) { replayed } }',
  ],
  [
    'a reversal',
    'wallet:write',
    'mutation { reverseDayPassConsumption(input: {consumptionId: "$Agent", reason: "x"}) { userErrors { code } } }',
  ],
  [
    'a wallet’s settings',
    'wallet:write',
    'mutation { updateDayPassWallet(input: {walletId: "$DayPassWallet"}) { userErrors { code } } }',
  ],
  ['the journal', 'journal:read', '{ dayPassEvents { edges { node { id } } } }'],
  ['consumptions', 'journal:read', '{ dayPassConsumptions { edges { node { id } } } }'],
  ['usage', 'journal:read', '{ dayPassUsage(from: "2026-01-01", to: "2026-01-02") { consumed } }'],
  ['the sums', 'journal:read', '{ dayPassConsumptionSums { consumed } }'],
  ['the forecast', 'journal:read', '{ dayPassForecast { kind } }'],
  ['agents', 'agents:read', '{ agents { edges { node { id } } } }'],
  ['an agent by node', 'agents:read', '{ node(id: "$Agent") { id } }'],
  ['an agent’s gate', 'agents:read', '{ agent(id: "$Agent") { portalAccess { allowed } } }'],
  ['an agent’s pass', 'agents:read', '{ agent(id: "$Agent") { activeDayPass { id } } }'],
  [
    'a change of an agent',
    'agents:write',
    'mutation { updateAgent(input: {agentId: "$Ticket"}) { userErrors { code } } }',
  ],
  ['tickets', 'tickets:read', '{ tickets { edges { node { id } } } }'],
  ['a ticket by node', 'tickets:read', '{ node(id: "$Ticket") { id } }'],
  ['replies', 'tickets:read', '{ ticket(id: "$Ticket") { replies { totalCount } } }'],
  ['clients', 'tickets:read', '{ clients { edges { node { id } } } }'],
  [
    'a change of a ticket',
    'tickets:write',
    'mutation { updateTicket(input: {ticketId: "$Ticket"}) { userErrors { code } } }',
  ],
  [
    'a reply on a ticket',
    'tickets:write',
    'mutation { replyToTicket(input: {ticketId: "$Ticket", body: "Seen", idempotencyKey: "k"}) { replayed } }',
  ],
  [
    'tickets from outside',
    'tickets:write',
    'mutation { upsertTickets(input: {tickets: []}) { userErrors { code } } }',
  ],
  [
    'clients from outside',
    'tickets:write',
    'mutation { upsertClients(input: {clients: []}) { userErrors { code } } }',
  ],
  [
    'a portal session',
    'portal_sessions:write',
    'mutation { createPortalSession(input: {agentId: "$Ticket"}) { userErrors { code } } }',
  ],
];

const ask = (key: Key, query: string) =>
  codeOf(
    desk,
    key.bearer,
    query.replace(/\$(\w+)/g, (_match, type: keyof typeof everything) => everything[type]),
  );

test.each(table)('a service key needs, for %s, only %s', async (_, scope, query) => {
  expect(await ask(service.get(scope)!, query)).toBeNull();
  expect(await ask(service.get(`all but ${scope}`)!, query)).toBe('FORBIDDEN');
});

test.each(table.filter(([, scope]) => scope !== 'portal_sessions:write'))(
  'a key of an admin needs, for %s, %s as well',
  async (_, scope, query) => {
    expect(await ask(admins.get(scope)!, query)).toBeNull();
    expect(await ask(admins.get(`all but ${scope}`)!, query)).toBe('FORBIDDEN');
  },
);

test('a key of an agent has no more permissions than its agent, whatever its scopes', async () => {
  const [fullTime] = await desk.addAgents([{ type: 'FULL_TIME' }]);
  const key = await addAgentKey(desk, fullTime!);
  const refused = table.filter(([, scope]) =>
    ['journal:read', 'wallet:write', 'agents:write'].includes(scope),
  );
  for (const [what, , query] of refused) {
    expect([what, await ask(key, query)]).toEqual([what, 'FORBIDDEN']);
  }
  expect(await ask(key, '{ tickets { totalCount } }')).toBeNull();
  expect(await ask(key, '{ agent(id: "$Agent") { portalAccess { allowed } } }')).toBe('FORBIDDEN');
});

test('a key of a full-time agent without the section is refused, as its agent is', async () => {
  const [reports] = await desk.addAgents([{ type: 'FULL_TIME', sections: ['REPORTS'] }]);
  for (const { bearer } of [reports!, await addAgentKey(desk, reports!)]) {
    expect(await codeOf(desk, bearer, '{ tickets { totalCount } }')).toBe('FORBIDDEN');
    expect(await codeOf(desk, bearer, '{ clients { totalCount } }')).toBe('FORBIDDEN');
  }
});

test('any key sees its account and itself', async () => {
  for (const key of [...service.values(), ...admins.values()]) {
    expect(await ask(key, '{ account { now } viewer { kind agent { name } } }')).toBeNull();
    expect(await ask(key, '{ viewer { ticketReferences { totalCount } } }')).toBeNull();
    const gate = '{ viewer { portalAccess { allowed ... on DayPassRequired { ticketNumber } } } }';
    expect(await ask(key, gate)).toBeNull();
  }
});

test('a key of an agent sees the references of its agent, a service key none', async () => {
  const [row] = await desk.sql<{ email: string }>(
    'select email from agents where account_id = $1 and id = $2',
    [desk.agent.id],
  );
  await addTickets(desk, 2, () => ({
    requesterEmail: row!.email,
    clientExternalId: 'acme',
    assigneeEmail: row!.email,
  }));
  const key = await addAgentKey(desk, desk.agent, { scopes: ['wallet:read'] });
  for (const relation of ['REQUESTED', 'ASSIGNED']) {
    const query = `{ viewer { ticketReferences(relation: ${relation}) { totalCount } } }`;
    const of = async ({ bearer }: Key) => (await send(desk, bearer, query)).data;
    expect(await of(key)).toEqual({ viewer: { ticketReferences: { totalCount: 2 } } });
    expect(await of(service.get('tickets:read')!)).toEqual({
      viewer: { ticketReferences: { totalCount: 0 } },
    });
  }
});

test('docs/identity.md shows the table as it is', () => {
  const text = readFileSync(path.join(root, 'docs/identity.md'), 'utf8');
  const shown = [
    ...text.matchAll(/^\| `([a-z:-]+)` \|.*\| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/gm),
  ];
  const words = Object.entries(rights).map(([right, rule]) => {
    const { person, key, gated } = rule;
    const who = typeof person === 'object' ? `section ${person.section}` : people[person];
    const named = key === 'ANY_KEY' ? 'any' : key === 'NEVER_A_KEY' ? 'never' : `\`${key}\``;
    const session = 'portalSession' in rule ? 'yes' : 'no';
    return [right, who, named, session, gated ? 'yes' : 'no'];
  });
  expect(shown.map((row) => row.slice(1))).toEqual(words);
});

const people = {
  ANYONE: 'anyone',
  ACTIVE_AGENT: 'active agent',
  ACCOUNT_ADMIN: 'account admin',
  NOBODY: 'nobody',
};
