import { createHmac } from 'node:crypto';
import { parseNodeId } from '../../src/api/node';
import {
  AskGateDocument,
  DeactivateDocument,
  WatchEventsDocument,
  WatchGateDocument,
  WatchWalletDocument,
  OpenPortalSessionDocument,
  UpdateAccountDocument,
  WhatIsThisKeyDocument,
  ActorOfLastEventDocument,
} from '../generated/operations';
import { addTickets, codeOf } from '../support/desk/catalogue';
import { dataOf, faultCodeOf, type Desk, type Person } from '../support/desk/desk';
import { addAgentKey, addKey, openPortalSession } from '../support/desk/keys';
import { act, agentNode, openStreamSite, type StreamSite } from '../support/desk/streams';

let at: StreamSite;

beforeAll(async () => {
  at = await openStreamSite();
});
afterEach(() => at.closeSockets());
afterAll(() => at.close());

const partner = (desk: Desk) =>
  addKey(desk, { name: 'The partner', scopes: ['portal_sessions:write', 'agents:read'] });

const open = (key: Person, agentId: string) =>
  at.here.request(OpenPortalSessionDocument, {
    token: key.bearer,
    variables: { input: { agentId } },
  });

test("a partner leads an agent to the gate, and the consent names the session's key", async () => {
  const desk = await at.site.openDesk({ passes: 2 });
  const key = await partner(desk);
  const { createPortalSession } = dataOf(await open(key, agentNode(desk.agent)));
  expect(createPortalSession).toMatchObject({
    agent: { id: agentNode(desk.agent) },
    userErrors: [],
  });
  const lastsMs = Date.parse(createPortalSession!.expiresAt!) - Date.now();
  expect(lastsMs).toBeGreaterThan(13 * 60_000);
  expect(lastsMs).toBeLessThanOrEqual(15 * 60_000);

  const session = { id: desk.agent.id, bearer: createPortalSession!.token! };
  const who = await at.there.request(WhatIsThisKeyDocument, { token: session.bearer });
  expect(dataOf(who).viewer).toMatchObject({
    kind: 'AGENT',
    // It is used in a partner's page, which learns no address.
    email: null,
    scopes: ['portal_session'],
    agent: { id: agentNode(desk.agent) },
  });
  const gate = at.connect(session, at.there).subscribe(WatchGateDocument);
  expect((await gate.next()).portalAccessChanged.__typename).toBe('DayPassRequired');
  const { consumption, wallet } = await desk.enter(session);
  expect(wallet.balance).toBe(1);
  expect((await gate.next()).portalAccessChanged.__typename).toBe('PortalAccessGranted');

  const { dayPassEvents } = await act(desk, ActorOfLastEventDocument, {});
  expect(dayPassEvents!.edges[0]!.node).toMatchObject({
    actor: { __typename: 'Agent', id: agentNode(desk.agent) },
    consumption: {
      id: consumption.id,
      source: 'PORTAL',
      consent: { sessionKeyId: key.nodeId, session: { name: 'The partner' } },
    },
  });
  await desk.expectBooksToClose();
});

test('the consent of a sign-in names no session', async () => {
  const desk = await at.site.openDesk({ passes: 2 });
  await desk.enter(desk.agent);
  const { dayPassEvents } = await act(desk, ActorOfLastEventDocument, {});
  expect(dayPassEvents!.edges[0]!.node).toMatchObject({
    consumption: { consent: { sessionKeyId: null, session: null } },
  });
});

test('a session gives access to nothing behind the gate, with or without a pass', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const [ticket] = await addTickets(desk, 1);
  // Of an admin, so that only the session stands between it and what admins may.
  const [chief] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
  const session = await openPortalSession(desk, await partner(desk), chief!);
  const shut = [
    '{ tickets { totalCount } }',
    `{ ticket(id: "${ticket!.id}") { id } }`,
    `{ node(id: "${ticket!.id}") { id } }`,
    '{ clients { totalCount } }',
    '{ agents { totalCount } }',
    `{ agent(id: "${agentNode(desk.admin)}") { id } }`,
    '{ viewer { ticketReferences { totalCount } } }',
    '{ dayPassEvents { totalCount } }',
    '{ dayPassConsumptions { totalCount } }',
    '{ dayPassPrices { plan } }',
    '{ apiKeys { totalCount } }',
    'mutation { grantDayPasses(input: {quantity: 1, reason: "x", idempotencyKey: "k"}) { replayed } }',
    'mutation { purchaseDayPasses(input: {quantity: 1, idempotencyKey: "k"}) { replayed } }',
    'mutation { updateAccount(input: {}) { account { id } } }',
    `mutation { createPortalSession(input: {agentId: "${agentNode(desk.agent)}"}) { token } }`,
  ];
  const expectShut = async () => {
    for (const query of shut) {
      expect([query, await codeOf(desk, session.bearer, query)]).toEqual([query, 'FORBIDDEN']);
    }
    expect(await at.connect(session).subscribe(WatchEventsDocument).fault()).toBe('FORBIDDEN');
  };
  await expectShut();
  await desk.enter(session);
  await expectShut();
  const own = '{ viewer { agent { activeDayPass { id status wallet { balance } } } } }';
  expect(await codeOf(desk, session.bearer, own)).toBeNull();
  const wallet = at.connect(session).subscribe(WatchWalletDocument);
  expect((await wallet.next()).dayPassWalletChanged.balance).toBe(0);
});

test('a session cannot spend another agent’s confirmation', async () => {
  const desk = await at.site.openDesk({ agents: 2, passes: 1 });
  const [first, second] = desk.agents as [Person, Person];
  const session = await openPortalSession(desk, await partner(desk), first);
  expect(await desk.refusalOf(session, await desk.tokenFor(second))).toBe('CONFIRMATION_INVALID');
  expect(await desk.refusalOf(session, await desk.tokenFor(session))).toBeNull();
});

describe('a confirmation is valid only where it was shown', () => {
  test('not in another session, not in a sign-in, and the other way round', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const [one, other] = [await partner(desk), await partner(desk)];
    const ways = {
      one: await openPortalSession(desk, one, desk.agent),
      other: await openPortalSession(desk, other, desk.agent),
      signIn: desk.agent,
    };
    for (const [shownIn, shown] of Object.entries(ways)) {
      const token = await desk.tokenFor(shown);
      for (const [spentIn, spender] of Object.entries(ways)) {
        if (spentIn === shownIn) continue;
        const code = await desk.refusalOf(spender, token);
        expect([shownIn, spentIn, code]).toEqual([shownIn, spentIn, 'CONFIRMATION_INVALID']);
      }
    }
    expect(await desk.balance()).toBe(1);
    // A session that was opened again with the same key is the same partner's word.
    const again = await openPortalSession(desk, one, desk.agent);
    expect(await desk.refusalOf(again, await desk.tokenFor(ways.one))).toBeNull();
    await desk.expectBooksToClose();
  });

  test('a token from before the upgrade is valid in any session, and the consent names it', async () => {
    const desk = await at.site.openDesk({ agents: 2, passes: 3 });
    const key = await partner(desk);
    const [inSession, signedIn] = desk.agents as [Person, Person];
    const session = await openPortalSession(desk, key, inSession);
    const before = async (person: Person) =>
      withoutSession(await desk.tokenFor(person), desk.site.secrets.confirmation);
    const consentOf = async () => {
      const { dayPassEvents } = await act(desk, ActorOfLastEventDocument, {});
      return dayPassEvents!.edges[0]!.node;
    };
    expect(await desk.refusalOf(session, await before(inSession))).toBeNull();
    expect(await consentOf()).toMatchObject({
      consumption: { consent: { sessionKeyId: key.nodeId } },
    });
    expect(await desk.refusalOf(signedIn, await before(signedIn))).toBeNull();
    expect(await consentOf()).toMatchObject({ consumption: { consent: { sessionKeyId: null } } });
    await desk.expectBooksToClose();
  });
});

describe('an account that allows no portal session to use passes', () => {
  const allow = (desk: Desk, allowSessionConsume: boolean) =>
    act(desk, UpdateAccountDocument, { input: { allowSessionConsume } });

  test('has no confirmation for one, gives the reason, and refuses what was confirmed before', async () => {
    const desk = await at.site.openDesk({ passes: 2 });
    const session = await openPortalSession(desk, await partner(desk), desk.agent);
    const gate = at.connect(session, at.there).subscribe(WatchGateDocument);
    expect((await gate.next()).portalAccessChanged.__typename).toBe('DayPassRequired');
    const token = await desk.tokenFor(session);
    await allow(desk, false);
    expect((await gate.next()).portalAccessChanged).toMatchObject({
      __typename: 'PortalAccessDenied',
      reason: 'SESSION_NOT_PERMITTED',
    });
    expect(await desk.ask(session)).toMatchObject({
      __typename: 'PortalAccessDenied',
      reason: 'SESSION_NOT_PERMITTED',
    });
    expect(await desk.refusalOf(session, token)).toBe('SESSION_NOT_PERMITTED');
    expect(await desk.balance()).toBe(2);
    await allow(desk, true);
    expect((await gate.next()).portalAccessChanged.__typename).toBe('DayPassRequired');
    expect(await desk.refusalOf(session, token)).toBeNull();
  });

  test('lets the agent enter by a sign-in, and the session then sees that', async () => {
    const desk = await at.site.openDesk({ passes: 1 });
    const session = await openPortalSession(desk, await partner(desk), desk.agent);
    const token = await desk.tokenFor(session);
    const first = await desk.proceed(session, token);
    await allow(desk, false);
    // What was done before is answered again.
    const replay = await desk.proceed(session, token);
    expect(replay).toMatchObject({ replayed: true, consumption: { id: first.consumption!.id } });
    expect(await desk.ask(session)).toMatchObject({ __typename: 'PortalAccessGranted' });
    const fresh = await at.site.openDesk({ passes: 1 });
    await allow(fresh, false);
    await fresh.enter(fresh.agent);
    const other = await openPortalSession(fresh, await partner(fresh), fresh.agent);
    expect(await fresh.ask(other)).toMatchObject({ basis: 'DAY_PASS' });
  });
});

/** The token as the release before would have signed it. */
function withoutSession(token: string, key: Buffer): string {
  const fields = token.split('.').slice(0, -2);
  const body = ['dp1', ...fields.slice(1)].join('.');
  const hmac = createHmac('sha256', key).update('daypass confirmation\0').update(body);
  return `${body}.${hmac.digest('base64url')}`;
}

test('a session is refused for an agent who does not exist, is of another account or is not active', async () => {
  const [desk, other] = [await at.site.openDesk(), await at.site.openDesk()];
  const key = await partner(desk);
  const refusals = async (agentId: string) =>
    dataOf(await open(key, agentId)).createPortalSession?.userErrors;
  const notFound = [{ code: 'NOT_FOUND', field: ['agentId'] }];
  expect(await refusals(agentNode(other.agent))).toEqual(notFound);
  const { id } = parseNodeId(key.nodeId);
  expect(await refusals(agentNode({ id, bearer: '' }))).toEqual(notFound);
  await act(desk, DeactivateDocument, { input: { agentId: agentNode(desk.agent) } });
  expect(await refusals(agentNode(desk.agent))).toEqual([
    { code: 'AGENT_NOT_ACTIVE', field: ['agentId'] },
  ]);
});

describe('a portal that knows the e-mail address of its agent', () => {
  const openBy = (key: Person, input: object) =>
    at.here.request(OpenPortalSessionDocument, { token: key.bearer, variables: { input } });

  test('opens the session by the address, however it is written', async () => {
    const desk = await at.site.openDesk();
    const key = await partner(desk);
    await desk.addAgents([{ email: `named@${desk.slug}.example` }]);
    const written = `Named@${desk.slug.toUpperCase()}.example`;
    const { createPortalSession } = dataOf(await openBy(key, { email: written }));
    expect(createPortalSession).toMatchObject({
      agent: { id: expect.any(String) },
      userErrors: [],
    });
    const session = { id: '', bearer: createPortalSession!.token! };
    const who = await at.here.request(WhatIsThisKeyDocument, { token: session.bearer });
    expect(dataOf(who).viewer.agent?.id).toBe(createPortalSession!.agent!.id);
  });

  test('is refused in the same way for an address of another account and for an unknown one', async () => {
    const [desk, other] = [await at.site.openDesk(), await at.site.openDesk()];
    const key = await partner(desk);
    await other.addAgents([{ email: `named@${other.slug}.example` }]);
    for (const email of [
      `named@${other.slug}.example`,
      'nobody@nowhere.example',
      'no address',
      '',
    ]) {
      const { createPortalSession } = dataOf(await openBy(key, { email }));
      expect(createPortalSession?.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['email'] }]);
    }
  });

  test.each([
    ['neither', {}],
    ['two nulls', { agentId: null, email: null }],
    ['both', { agentId: 'x', email: 'named@kestrel.example' }],
  ])('is refused with %s of the two', async (_, input) => {
    const key = await partner(await at.site.openDesk());
    expect(faultCodeOf(await openBy(key, input))).toBe('BAD_USER_INPUT');
  });
});

test('an agent who is deactivated learns it in the open session', async () => {
  const desk = await at.site.openDesk({ passes: 1 });
  const session = await openPortalSession(desk, await partner(desk), desk.agent);
  await act(desk, DeactivateDocument, { input: { agentId: agentNode(desk.agent) } });
  const answer = await at.here.request(AskGateDocument, { token: session.bearer });
  expect(dataOf(answer).viewer.portalAccess).toMatchObject({ reason: 'AGENT_NOT_ACTIVE' });
});

test('only a service key that names it opens sessions', async () => {
  const desk = await at.site.openDesk();
  const others = [
    desk.admin,
    await addAgentKey(desk, desk.admin),
    await addKey(desk, { scopes: ['agents:write', 'agents:read'] }),
  ];
  for (const key of others) {
    expect(faultCodeOf(await open(key, agentNode(desk.agent)))).toBe('FORBIDDEN');
  }
});

test('a session ends no later than its key', async () => {
  const desk = await at.site.openDesk();
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  const key = await addKey(desk, { scopes: ['portal_sessions:write', 'agents:read'], expiresAt });
  const { createPortalSession } = dataOf(await open(key, agentNode(desk.agent)));
  expect(Date.parse(createPortalSession!.expiresAt!)).toBeLessThanOrEqual(Date.parse(expiresAt));
});
