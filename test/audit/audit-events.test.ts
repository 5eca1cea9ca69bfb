import { print } from 'graphql';
import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import {
  AuditTrailDocument,
  BuyDocument,
  ChangeAgentDocument,
  ConvertDocument,
  DeactivateDocument,
  DeleteAgentDocument,
  MoveTestClockDocument,
  ReactivateDocument,
  RemoveIdentityProviderDocument,
  SetIdentityProviderDocument,
  SetWalletDocument,
  TakeBackDocument,
  UpdateAccountDocument,
  type AuditTrailQueryVariables,
} from '../generated/operations';
import { addClients, addTickets } from '../support/desk/catalogue';
import { faultCodeOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { activate, invite, linkToken, mailsWereSent } from '../support/desk/invitations';
import { addKey, revokeKey } from '../support/desk/keys';
import { connectSocket } from '../support/desk/socket';
import { act, agentNode } from '../support/desk/streams';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite({ DAYPASS_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' });
});

afterAll(() => site.close());

const trail = async (desk: Desk, variables: AuditTrailQueryVariables = {}) =>
  (await act(desk, AuditTrailDocument, variables)).auditEvents!;

/** What was done, oldest first. */
const acts = async (desk: Desk, variables: AuditTrailQueryVariables = { first: 100 }) =>
  (await trail(desk, variables)).edges.map(({ node }) => node).reverse();

const said = ({ action, before, after }: Awaited<ReturnType<typeof acts>>[number]) => ({
  action,
  before: before,
  after: after,
});

async function ownWallet(desk: Desk): Promise<string> {
  const [wallet] = await desk.sql<{ id: string }>(
    'select id from wallets where account_id = $1 and client_id is null',
  );
  return nodeId('DayPassWallet', wallet!.id);
}

describe('every act of an admin is in the trail', () => {
  test('on agents: what they were, and what they are since', async () => {
    const desk = await site.openDesk();
    const agentId = agentNode(desk.agent);
    await act(desk, ChangeAgentDocument, { input: { agentId, name: 'Noor', role: 'AGENT' } });
    await act(desk, ConvertDocument, { input: { agentId, type: 'FULL_TIME' } });
    await act(desk, DeactivateDocument, { input: { agentId } });
    await act(desk, ReactivateDocument, { input: { agentId } });
    const events = await acts(desk);
    expect(events.map(said)).toEqual([
      { action: 'agent.updated', before: { name: 'A. Person' }, after: { name: 'Noor' } },
      {
        action: 'agent.converted',
        before: { type: 'OCCASIONAL' },
        after: { type: 'FULL_TIME' },
      },
      {
        action: 'agent.deactivated',
        before: { status: 'ACTIVE' },
        after: { status: 'DEACTIVATED' },
      },
      {
        action: 'agent.reactivated',
        before: { status: 'DEACTIVATED' },
        after: { status: 'ACTIVE' },
      },
    ]);
    for (const { actor, subjectId } of events) {
      expect({ actor, subjectId }).toEqual({
        actor: { id: agentNode(desk.admin) },
        subjectId: agentId,
      });
    }
  });

  test('an invitation, a new one, and the activation by the agent itself', async () => {
    const desk = await site.openDesk();
    const email = 'new@new.example';
    const invited = (await invite(desk, { email, name: 'Ada', sections: ['ASSETS'] })).agent!;
    await mailsWereSent(desk, '1 minute');
    await invite(desk, { email, name: 'Ada B.', sections: ['ASSETS'] });
    await activate(desk, (await linkToken(desk, invited))!);
    const events = await acts(desk);
    const ada = { name: 'Ada', type: 'OCCASIONAL', status: 'INVITED', role: 'AGENT' };
    const rest = { timeZone: 'UTC', sections: ['ASSETS'] };
    expect(events.map(said)).toEqual([
      { action: 'agent.invited', before: null, after: { ...ada, ...rest, email } },
      {
        action: 'agent.invited',
        before: { ...ada, ...rest },
        after: { ...ada, ...rest, name: 'Ada B.', email },
      },
      { action: 'agent.activated', before: { status: 'INVITED' }, after: { status: 'ACTIVE' } },
    ]);
    expect(events.map(({ actor }) => actor)).toEqual([
      { id: agentNode(desk.admin) },
      { id: agentNode(desk.admin) },
      { id: invited.id },
    ]);
  });

  test('on passes: granted, bought, reversed', async () => {
    const desk = await site.openDesk();
    await site.source.query(
      `insert into day_pass_prices (plan, currency, minimum_quantity, valid_from, unit_price_minor, example)
       values ($1, 'USD', 1, '2020-01-01', 400, false)`,
      [desk.slug.slice(0, 40)],
    );
    await desk.add(2, { reason: 'Welcome' });
    await act(desk, BuyDocument, { input: { quantity: 3, idempotencyKey: newId() } });
    const { consumption } = await desk.enter(desk.agent);
    const input = { consumptionId: consumption.id, reason: 'By mistake' };
    await act(desk, TakeBackDocument, { input });
    const events = await acts(desk);
    expect(events.map(said)).toEqual([
      {
        action: 'passes.granted',
        before: { balance: 0 },
        after: { balance: 2, quantity: 2, reason: 'Welcome', expiresAt: null },
      },
      {
        action: 'passes.purchased',
        before: { balance: 2 },
        after: { balance: 5, quantity: 3, totalMinor: 1_200, currency: 'USD' },
      },
      {
        action: 'consumption.reversed',
        before: { reversedAt: null },
        after: { reversedAt: expect.any(String), reason: 'By mistake' },
      },
    ]);
    expect(events[2]!.subjectId).toBe(consumption.id);
    await desk.expectBooksToClose();
  });

  test('on the wallet, the account and a sandbox’s clock', async () => {
    const desk = await site.openDesk();
    const walletId = await ownWallet(desk);
    const { now } = await desk.ask(desk.admin);
    await act(desk, SetWalletDocument, { input: { walletId, lowBalanceThreshold: 3 } });
    await act(desk, UpdateAccountDocument, {
      input: { emailNotificationsEnabled: false, timeZone: 'UTC' },
    });
    const to = new Date(Date.parse(now) + 3_600_000).toISOString();
    await act(desk, MoveTestClockDocument, { input: { to } });
    expect((await acts(desk)).map(said)).toEqual([
      {
        action: 'wallet.updated',
        before: { lowBalanceThreshold: null },
        after: { lowBalanceThreshold: 3 },
      },
      {
        action: 'account.updated',
        before: { emailNotificationsEnabled: true },
        after: { emailNotificationsEnabled: false },
      },
      {
        action: 'test_clock.advanced',
        before: { now: expect.any(String) },
        after: { now: to },
      },
    ]);
  });

  test('on keys and identity providers: what they may, never a secret', async () => {
    const desk = await site.openDesk();
    const key = await addKey(desk, { scopes: ['wallet:write'] });
    await desk.grant({}, key);
    await revokeKey(desk, key);
    await revokeKey(desk, key);
    const issuer = 'https://login.msp.example';
    const provider = { issuer, clientId: 'portal' };
    const set = await act(desk, SetIdentityProviderDocument, { input: provider });
    await act(desk, SetIdentityProviderDocument, { input: { ...provider, name: 'Log in' } });
    const identityProviderId = set.setIdentityProvider!.identityProvider!.id;
    await act(desk, RemoveIdentityProviderDocument, { input: { identityProviderId } });
    const events = await acts(desk);
    // By name: what the ledger does and what it does not are a few ms beside each other.
    const byAction = new Map(events.map((event) => [event.action, event]));
    expect(Object.fromEntries(events.map(({ action, subjectId }) => [action, subjectId]))).toEqual({
      'api_key.created': key.nodeId,
      'passes.granted': await ownWallet(desk),
      'api_key.revoked': key.nodeId,
      'identity_provider.added': identityProviderId,
      'identity_provider.updated': identityProviderId,
      'identity_provider.removed': identityProviderId,
    });
    expect(events).toHaveLength(6);
    expect(byAction.get('passes.granted')!.actor).toEqual({ id: key.nodeId });
    expect(byAction.get('api_key.created')!.after).toMatchObject({
      name: 'A key',
      scopes: ['wallet:write'],
    });
    expect(byAction.get('identity_provider.updated')).toMatchObject({
      before: { name: 'login.msp.example' },
      after: { name: 'Log in' },
    });
    expect(JSON.stringify(events)).not.toContain(key.bearer.slice(-20));
  });

  test('a clock that stops on its way at due events was moved once', async () => {
    const desk = await site.openDesk({ passes: 2, agents: 2 });
    for (const agent of desk.agents) await desk.enter(agent);
    await act(desk, MoveTestClockDocument, { input: { by: 'P3D' } });
    const moved = await acts(desk, { filter: { action: 'test_clock.advanced' } });
    expect(moved).toHaveLength(1);
  });

  test('upserts of a service desk, one act per call', async () => {
    const desk = await site.openDesk();
    await addClients(desk, 'C1', 'C2');
    await addTickets(desk, 2);
    await addTickets(desk, 3);
    expect((await acts(desk)).map(said)).toEqual([
      {
        action: 'clients.upserted',
        before: { clients: [] },
        after: {
          clients: [
            { externalId: 'C1', name: 'Client C1' },
            { externalId: 'C2', name: 'Client C2' },
          ],
        },
      },
      {
        action: 'tickets.upserted',
        before: null,
        after: { created: ['T1', 'T2'], updated: [] },
      },
      { action: 'tickets.upserted', before: null, after: { created: ['T3'], updated: [] } },
    ]);
  });

  test('but no act that changed nothing, was refused, or was a repetition', async () => {
    const desk = await site.openDesk();
    const input = { agentId: agentNode(desk.admin) };
    await act(desk, ChangeAgentDocument, { input });
    await act(desk, DeactivateDocument, { input });
    await act(desk, SetWalletDocument, { input: { walletId: await ownWallet(desk) } });
    await act(desk, UpdateAccountDocument, { input: {} });
    await addClients(desk, 'C1');
    await addClients(desk, 'C1');
    const idempotencyKey = newId();
    await desk.add(1, { idempotencyKey });
    await desk.add(1, { idempotencyKey });
    expect((await acts(desk)).map(({ action }) => action)).toEqual([
      'clients.upserted',
      'passes.granted',
    ]);
  });

  test('and no use of a pass: the journal has it', async () => {
    const desk = await site.openDesk({ passes: 1 });
    await desk.enter(desk.agent);
    expect((await acts(desk)).map(({ action }) => action)).toEqual(['passes.granted']);
  });
});

describe('with its origin', () => {
  const headers = (desk: Desk, more: Record<string, string>) => ({
    'content-type': 'application/json',
    authorization: `Bearer ${desk.admin.bearer}`,
    ...more,
  });
  const rename = (desk: Desk, more: Record<string, string>) =>
    fetch(`${site.service.url}/graphql`, {
      method: 'POST',
      headers: headers(desk, more),
      body: JSON.stringify({
        query: print(UpdateAccountDocument),
        variables: { input: { name: newId() } },
      }),
    });

  test('over HTTP: address, agent and the id of the request, as the log has it', async () => {
    const desk = await site.openDesk();
    await rename(desk, { 'user-agent': 'x'.repeat(600), 'x-request-id': 'mine-1' });
    expect((await acts(desk))[0]!.origin).toEqual({
      door: 'http',
      ip: '127.0.0.1',
      userAgent: 'x'.repeat(500),
      requestId: 'mine-1',
    });
  });

  test('over a WebSocket', async () => {
    const desk = await site.openDesk();
    const socket = connectSocket(site.service.url, desk.admin.bearer);
    const input = { name: 'By socket' };
    expect((await socket.request(UpdateAccountDocument, { input })).errors).toEqual([]);
    await socket.close();
    expect((await acts(desk))[0]!.origin).toMatchObject({ door: 'websocket', ip: '127.0.0.1' });
  });

  test.each([
    ['203.0.113.7', '203.0.113.7'],
    // What a client writes ahead of what the proxies wrote is not believed.
    ['198.51.100.1, 203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['198.51.100.1, no address', '127.0.0.1'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['', '127.0.0.1'],
  ])('behind trusted proxies, the address for %p is %p', async (forwarded, ip) => {
    const desk = await site.openDesk();
    await rename(desk, { 'x-forwarded-for': forwarded });
    expect((await acts(desk))[0]!.origin.ip).toBe(ip);
  });
});

describe('the trail is read', () => {
  test('newest first, page by page, without a gap', async () => {
    const desk = await site.openDesk();
    for (let at = 1; at <= 5; at += 1) await desk.add(at);
    const quantities = ({ edges }: Awaited<ReturnType<typeof trail>>) =>
      edges.map(({ node }) => (node.after as { quantity: number }).quantity);
    const first = await trail(desk, { first: 2 });
    expect(first.totalCount).toBe(5);
    expect(quantities(first)).toEqual([5, 4]);
    await desk.add(6);
    const second = await trail(desk, { first: 3, after: first.pageInfo.endCursor });
    expect(quantities(second)).toEqual([3, 2, 1]);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  test('by action, by who did it and by its object', async () => {
    const desk = await site.openDesk();
    const [other] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN', type: 'FULL_TIME' }]);
    const agentId = agentNode(desk.agent);
    await desk.add(1);
    const input = { agentId, name: 'Noor' };
    await act(desk, ChangeAgentDocument, { input }, { person: other });
    const actions = async (filter: AuditTrailQueryVariables['filter']) =>
      (await acts(desk, { filter })).map(({ action }) => action);
    expect(await actions({ action: 'passes.granted' })).toEqual(['passes.granted']);
    expect(await actions({ actorId: agentNode(other!) })).toEqual(['agent.updated']);
    expect(await actions({ actorId: agentNode(desk.admin) })).toEqual(['passes.granted']);
    expect(await actions({ subjectId: agentId })).toEqual(['agent.updated']);
    expect(await actions({ subjectId: nodeId('Client', desk.agent.id) })).toEqual([]);
    expect(await actions({ actorId: agentNode(desk.admin), subjectId: agentId })).toEqual([]);
    expect(await actions({ action: 'no.such', actorId: null })).toEqual([]);
  });

  test('with its object as it is now, and null for one that was deleted', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const agentId = agentNode(desk.agent);
    await act(desk, ChangeAgentDocument, { input: { agentId, name: 'Noor' } });
    await act(desk, ChangeAgentDocument, { input: { agentId, name: 'Nora' } });
    const { agent } = await invite(desk, { email: 'brief@desk.example' });
    await act(desk, DeleteAgentDocument, { agentId: agent!.id });
    expect((await acts(desk)).map(({ action, subject }) => ({ action, subject }))).toEqual([
      {
        action: 'passes.granted',
        subject: { __typename: 'DayPassWallet', id: await ownWallet(desk) },
      },
      ...Array<unknown>(2).fill({
        action: 'agent.updated',
        subject: { __typename: 'Agent', id: agentId, name: 'Nora' },
      }),
      { action: 'agent.invited', subject: null },
      { action: 'agent.deleted', subject: null },
    ]);
  });

  test('by admins with access, of their own account only', async () => {
    const desk = await site.openDesk({ passes: 1 });
    const other = await site.openDesk({ passes: 1 });
    const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    const ask = (token: string) => site.service.request(AuditTrailDocument, { token });
    expect(faultCodeOf(await ask(desk.agent.bearer))).toBe('FORBIDDEN');
    expect(faultCodeOf(await ask(outside!.bearer))).toBe('DAY_PASS_REQUIRED');
    const theirs = (await acts(other))[0]!;
    expect((await acts(desk)).map(({ id }) => id)).not.toContain(theirs.id);
    expect(await acts(desk, { filter: { subjectId: theirs.subjectId } })).toEqual([]);
    const { endCursor } = (await trail(other)).pageInfo;
    const foreign = await site.service.request(AuditTrailDocument, {
      token: desk.admin.bearer,
      variables: { after: endCursor },
    });
    expect(faultCodeOf(foreign)).toBe('BAD_USER_INPUT');
  });
});

describe('the trail cannot be changed', () => {
  test.each([
    `update audit_events set action = 'agent.updated' where account_id = $1`,
    'delete from audit_events where account_id = $1',
  ])('%s', async (statement) => {
    const desk = await site.openDesk({ passes: 1 });
    await expect(desk.sql(statement)).rejects.toThrow('permission denied');
    expect(await acts(desk)).toHaveLength(1);
  });

  test('and an act whose event cannot be written does not happen', async () => {
    const desk = await site.openDesk({ passes: 1 });
    await desk.site.source.query(
      'alter table audit_events add constraint none check (occurred_at is null) not valid',
    );
    const token = desk.admin.bearer;
    const input = { agentId: agentNode(desk.agent), name: 'Unseen' };
    const answers = await Promise.all([
      site.service.request(ChangeAgentDocument, { token, variables: { input } }),
      site.service.request(UpdateAccountDocument, { token, variables: { input: { name: 'X' } } }),
      desk.grant({ quantity: 5 }),
    ]);
    await desk.site.source.query('alter table audit_events drop constraint none');
    expect(answers.map(faultCodeOf)).toEqual(Array(3).fill('INTERNAL_SERVER_ERROR'));
    const [names] = await desk.sql<{ agent: string; account: string }>(
      `select a.name as agent, c.name as account from agents a join accounts c on c.id = $1
       where a.account_id = $1 and a.id = $2`,
      [desk.agent.id],
    );
    expect(names).toEqual({ agent: 'A. Person', account: desk.slug });
    expect(await desk.balance()).toBe(1);
    await desk.expectBooksToClose();
  });
});
