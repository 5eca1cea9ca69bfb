import { rights, type Right } from '../../src/access/rights';
import { agentKeyScopes, scopes } from '../../src/access/scopes';
import { newId } from '../../src/core/ids';
import { buildApiSchema } from '../../src/server/operation/schema';
import { send } from '../support/desk/catalogue';
import { openTestSite, type Desk, type Person, type TestSite } from '../support/desk/desk';
import { encodeNodeId } from '../support/desk/filled-desk';
import { addAgentKey, addKey, openPortalSession, revokeKey, type Key } from '../support/desk/keys';
import { leavesOf, typeNamedBy } from '../support/schema/schema-inputs';
import { operationOf } from '../support/schema/schema-places';
import { walkersLimits } from '../support/schema/walked-doors';

/*
 * Who may cause what: every mutation of the schema, by every kind of caller. No permission leads to
 * a larger one: no key can decide who administers the account, so a key ends with its revocation. A
 * new mutation, and a new field that names a person, fail here until they are described.
 */

const schema = buildApiSchema();
const mutations = Object.values(schema.getMutationType()!.getFields());

const callers = [
  'nobody',
  'contact',
  'agent',
  'admin',
  'portal session of an admin',
  'key of an agent',
  'key of an admin',
  'service key',
] as const;
type Caller = (typeof callers)[number];

const people: Caller[] = ['agent', 'admin', 'portal session of an admin'];
const admins: Caller[] = ['admin', 'key of an admin', 'service key'];
const workers: Caller[] = ['agent', 'key of an agent', ...admins];

/** No key of an agent. */
const partners: Caller[] = ['admin', 'service key'];

/** Whom each mutation is open to. */
const openTo: Record<string, readonly Caller[]> = {
  activateAgent: callers,
  advanceTestClock: ['admin'],
  cancelDayPassOrder: admins,
  consumeDayPass: people,
  convertAgent: admins,
  createApiKey: ['admin'],
  createPortalSession: ['service key'],
  createWebhookEndpoint: partners,
  deactivateAgent: admins,
  deleteAgent: admins,
  deleteWebhookEndpoint: partners,
  grantDayPasses: admins,
  importAgents: admins,
  inviteAgent: admins,
  markNotificationsRead: ['agent', 'admin'],
  purchaseDayPasses: admins,
  reactivateAgent: admins,
  removeIdentityProvider: ['admin'],
  removeNoticeChannel: ['admin'],
  replayWebhook: partners,
  replyToTicket: workers,
  reverseDayPassConsumption: admins,
  revokeApiKey: ['admin'],
  rotateWebhookSecret: partners,
  sendTestWebhook: partners,
  setIdentityProvider: ['admin'],
  setNoticeChannel: ['admin'],
  skipWebhookEvent: partners,
  testNoticeChannel: ['admin'],
  unlinkAgentIdentities: ['admin'],
  updateAccount: ['admin'],
  updateAgent: admins,
  updateBilling: ['admin'],
  updateDayPassWallet: admins,
  updateNotificationSettings: ['agent', 'admin'],
  updateTicket: workers,
  updateWebhookEndpoint: partners,
  upsertClients: admins,
  upsertTickets: admins,
};

let site: TestSite;
let desk: Desk;
/** An admin on whom the keys are tried, an invited admin, and an agent. */
let target: Person;
let invited: Person;
let agent: Person;
let keys: Key[];
const bearers = {} as Record<Caller, string | null>;

const emailOf = (person: Person) => `${person.id}@authority.example`;

beforeAll(async () => {
  site = await openTestSite(walkersLimits);
  desk = await site.openDesk();
  [target, invited, agent] = (await desk.addAgents([
    { type: 'FULL_TIME', role: 'ACCOUNT_ADMIN' },
    { type: 'FULL_TIME', role: 'ACCOUNT_ADMIN', status: 'INVITED' },
    { type: 'FULL_TIME' },
  ])) as [Person, Person, Person];
  for (const person of [target, invited, agent]) {
    await desk.sql('update agents set email = $3 where account_id = $1 and id = $2', [
      person.id,
      emailOf(person),
    ]);
  }
  const service = await addKey(desk, { scopes: [...scopes] });
  const ofAdmin = await addAgentKey(desk, desk.admin, { scopes: [...agentKeyScopes] });
  const ofAgent = await addAgentKey(desk, agent, { scopes: [...agentKeyScopes] });
  keys = [service, ofAdmin];
  bearers.nobody = null;
  bearers.contact = await desk.bearer(null);
  bearers.agent = agent.bearer;
  bearers.admin = desk.admin.bearer;
  bearers['portal session of an admin'] = (
    await openPortalSession(desk, service, desk.admin)
  ).bearer;
  bearers['key of an agent'] = ofAgent.bearer;
  bearers['key of an admin'] = ofAdmin.bearer;
  bearers['service key'] = service.bearer;
});

afterAll(() => site.close());

/** Ids that do not exist: the permission is checked first. */
const own = {
  id: (type: string) => encodeNodeId(type, '01890000-0000-7000-8000-000000000000'),
  text: ({ name }: { name: string }) => (name === 'email' ? `${newId()}@new.example` : newId()),
};

test('for every mutation it is stated who may call it', () => {
  expect(Object.keys(openTo).sort()).toEqual(mutations.map(({ name }) => name).sort());
});

const cases = mutations.flatMap((field) => callers.map((caller) => [field.name, caller, field]));

test.each(cases as [string, Caller, (typeof mutations)[number]][])(
  '%s, by: %s',
  async (name, caller, field) => {
    const place = { operation: 'mutation' as const, owner: `Mutation.${name}`, field };
    const { text, variables } = operationOf(
      schema,
      { ...place, open: (inner) => inner },
      { path: [], own, selection: '{ __typename }' },
    );
    const { errors } = await send(desk, bearers[caller], text, variables);
    const isOpen = openTo[name]?.includes(caller);
    const code = caller === 'nobody' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(isOpen ? [] : [code]);
  },
);

/** The answer for a key that names a person: each field of each mutation, on an admin. */
type Act = [mutation: string, input: Record<string, unknown>, verdict: 'open' | 'FORBIDDEN'];

const idOf = (person: Person) => encodeNodeId('Agent', person.id);

const actsOnAdmins = (): Act[] => {
  const agentId = idOf(target);
  const someone = { name: 'Ada', type: 'FULL_TIME', timeZone: 'UTC', sections: ['TICKETS'] };
  return [
    ['inviteAgent', { ...someone, email: `${newId()}@new.example`, role: 'AGENT' }, 'open'],
    ['inviteAgent', { ...someone, email: 'x@new.example', role: 'ACCOUNT_ADMIN' }, 'FORBIDDEN'],
    ['inviteAgent', { ...someone, email: emailOf(invited), role: 'ACCOUNT_ADMIN' }, 'FORBIDDEN'],
    ['inviteAgent', { ...someone, email: emailOf(invited), role: 'AGENT' }, 'FORBIDDEN'],
    ['inviteAgent', { ...someone, email: emailOf(invited).toUpperCase() }, 'FORBIDDEN'],
    ['updateAgent', { agentId, role: 'AGENT' }, 'FORBIDDEN'],
    ['updateAgent', { agentId: idOf(invited), role: 'AGENT', name: 'Ada' }, 'FORBIDDEN'],
    ['updateAgent', { agentId: idOf(agent), role: 'ACCOUNT_ADMIN' }, 'FORBIDDEN'],
    ['updateAgent', { agentId, role: 'ACCOUNT_ADMIN', name: 'A. Person' }, 'open'],
    ['updateAgent', { agentId, timeZone: 'UTC', sections: ['TICKETS'] }, 'open'],
    ['updateAgent', { agentId, email: `${newId()}@new.example` }, 'FORBIDDEN'],
    ['updateAgent', { agentId: idOf(invited), email: `${newId()}@new.example` }, 'FORBIDDEN'],
    ['updateAgent', { agentId, email: emailOf(target).toUpperCase() }, 'open'],
    ['deleteAgent', { agentId }, 'FORBIDDEN'],
    ['deleteAgent', { agentId: idOf(invited) }, 'FORBIDDEN'],
    ['convertAgent', { agentId, type: 'OCCASIONAL' }, 'FORBIDDEN'],
    ['convertAgent', { agentId, type: 'FULL_TIME' }, 'FORBIDDEN'],
    ['convertAgent', { agentId: idOf(invited), type: 'OCCASIONAL' }, 'FORBIDDEN'],
    ['deactivateAgent', { agentId }, 'FORBIDDEN'],
    ['deactivateAgent', { agentId: idOf(invited), releaseOpenTickets: true }, 'FORBIDDEN'],
    ['deactivateAgent', { agentId, reassignOpenTicketsTo: idOf(agent) }, 'FORBIDDEN'],
    ['reactivateAgent', { agentId }, 'FORBIDDEN'],
  ];
};

/** Tried with all of their fields; of the others, those that name a person. */
const aboutAgents = [
  'inviteAgent',
  'updateAgent',
  'convertAgent',
  'deactivateAgent',
  'deleteAgent',
  'reactivateAgent',
];

/** What names a person and gives nobody a right: a ticket's people, and a bearer for the gate alone. */
const harmless = [
  'createPortalSession.agentId',
  'createPortalSession.email',
  // An import gives nobody the role of an admin, and refuses to change the type of one.
  'importAgents.rows.email',
  'importAgents.rows.type',
  'updateTicket.assigneeId',
  'upsertTickets.tickets.assigneeEmail',
  'upsertTickets.tickets.requesterEmail',
  'upsertTickets.tickets.requesterName',
];

test('every argument that names a person is tried on an admin, or stated to be harmless', () => {
  const tried = actsOnAdmins().flatMap(([mutation, input]) =>
    Object.keys(input).map((name) => `${mutation}.${name}`),
  );
  const said = new Set([...tried, ...harmless]);
  const about = mutations
    .filter(({ name }) => openTo[name]!.some((caller) => caller.includes('key')))
    .flatMap(({ name, args }) =>
      leavesOf(args, `Mutation.${name}`)
        .filter((leaf) => aboutAgents.includes(name) || namesPerson(leaf))
        .map(({ path }) => [name, ...path.slice(1)].join('.')),
    );
  expect(about.filter((one) => !said.has(one))).toEqual([]);
  expect(about).toHaveLength(said.size);
});

function namesPerson(leaf: ReturnType<typeof leavesOf>[number]): boolean {
  const type = String(leaf.type).replace(/[[\]!]/g, '');
  if (type === 'ID') return typeNamedBy(schema, leaf) === 'Agent';
  return type.startsWith('Agent') || /email|requester/i.test(leaf.name);
}

const rowsOfAgents = () =>
  desk.sql(
    `select id, email, type, status, role, activated_at from agents
     where account_id = $1 and role = 'ACCOUNT_ADMIN' order by id`,
  );

test('no key makes, changes or removes an admin, and each ends when an admin revokes it', async () => {
  const before = await rowsOfAgents();
  expect(before).toHaveLength(3);
  for (const { bearer } of keys) {
    for (const [mutation, input, verdict] of actsOnAdmins()) {
      const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
      const text = `mutation($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
      const { errors, data } = await send(desk, bearer, text, { input });
      const codes = errors.map(({ extensions }) => extensions.code);
      expect([mutation, input, codes]).toEqual([
        mutation,
        input,
        verdict === 'open' ? [] : [verdict],
      ]);
      if (verdict === 'open') expect(data).toEqual({ [mutation]: { userErrors: [] } });
    }
  }
  expect(await rowsOfAgents()).toEqual(before);
  for (const key of keys) {
    await revokeKey(desk, key);
    const { errors } = await send(desk, key.bearer, '{ account { id } }');
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  }
});

/**
 * What a caller can reach beyond a permission. Only permissions that are for people only may lead
 * to anything: an account admin has every permission, and can give any.
 */
const leadsTo: Record<Right, readonly (Right | 'EVERYTHING')[]> = {
  'own:read': [],
  'notices:read': [],
  'references:read': [],
  'wallet:read': [],
  'wallet:write': [],
  'prices:read': [],
  'billing:read': [],
  'billing:update': [],
  'passes:purchase': [],
  'journal:read': [],
  'agents:read': [],
  'passes:read': [],
  // Of agents who are no admins: what they may do, a person does.
  'agents:write': ['own:read', 'references:read', 'wallet:read', 'prices:read', 'agents:read'],
  'tickets:read': [],
  'tickets:update': [],
  'tickets:write': [],
  'account:write': ['EVERYTHING'],
  'keys:write': ['EVERYTHING'],
  // A portal session reads what the gate needs, of one agent.
  'portal-sessions:write': ['own:read', 'wallet:read'],
  // It sends ids and numbers of the journal to a server: that is this permission itself.
  'webhooks:write': [],
};

test('no right of a key leads to one that no key may have, or that is an admin’s', () => {
  for (const [right, reached] of Object.entries(leadsTo) as [Right, Right[]][]) {
    if (rights[right].key === 'NEVER_A_KEY') continue;
    for (const further of reached) {
      expect(further).not.toBe('EVERYTHING');
      const { key, person } = rights[further];
      expect([right, further, key === 'NEVER_A_KEY', person === 'ACCOUNT_ADMIN']).toEqual([
        right,
        further,
        false,
        false,
      ]);
    }
  }
  const ofSessions = Object.entries(rights).flatMap(([right, rule]) =>
    'portalSession' in rule ? [right] : [],
  );
  expect(leadsTo['portal-sessions:write']).toEqual(ofSessions);
});
