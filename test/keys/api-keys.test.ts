import { createHash } from 'node:crypto';
import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import {
  CreateKeyDocument,
  ListKeysDocument,
  RevokeKeyDocument,
  TouchTicketsDocument,
  WhatIsThisKeyDocument,
  type CreateApiKeyInput,
} from '../generated/operations';
import { withEnoughTime } from '../support/patience';
import {
  dataOf,
  eventually,
  faultCodeOf,
  openTestSite,
  type Desk,
  type Person,
  type TestSite,
} from '../support/desk/desk';
import { addAgentKey, addKey, revokeKey } from '../support/desk/keys';
import { act, agentNode } from '../support/desk/streams';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());

const whoIs = (person: Person) =>
  site.service.request(WhatIsThisKeyDocument, { token: person.bearer });

async function create(desk: Desk, input: Partial<CreateApiKeyInput>) {
  const { createApiKey } = await act(desk, CreateKeyDocument, {
    input: { name: 'A key', ...input },
  });
  return createApiKey!;
}

describe('a key of an agent', () => {
  test('has all scopes of such a key, and acts as its agent', async () => {
    const desk = await site.openDesk();
    const { apiKey, secret, userErrors } = await create(desk, {
      name: 'Nightly export',
      agentId: agentNode(desk.agent),
    });
    const scopes = [
      'wallet:read',
      'wallet:write',
      'journal:read',
      'agents:read',
      'agents:write',
      'tickets:read',
      'tickets:write',
      'billing:read',
    ];
    expect({ apiKey, userErrors }).toMatchObject({
      apiKey: {
        name: 'Nightly export',
        agent: { id: agentNode(desk.agent) },
        scopes,
        whenNoDayPass: 'CONSUME',
        expiresAt: null,
        lastUsedAt: null,
        revokedAt: null,
      },
      userErrors: [],
    });
    expect(dataOf(await whoIs({ id: '', bearer: secret! })).viewer).toEqual({
      kind: 'AGENT_API_KEY',
      email: null,
      scopes,
      agent: { id: agentNode(desk.agent) },
      account: { id: nodeId('Account', desk.accountId) },
    });
  });

  test('may not be given what only a partner does', async () => {
    const desk = await site.openDesk();
    const payload = await create(desk, {
      agentId: agentNode(desk.agent),
      scopes: ['portal_sessions:write'],
    });
    expect(payload).toMatchObject({
      apiKey: null,
      secret: null,
      userErrors: [{ code: 'VALIDATION_FAILED', field: ['scopes'] }],
    });
  });
});

test('a service key is not a person, has the scopes that are named, and never uses a pass', async () => {
  const desk = await site.openDesk();
  const { apiKey, secret } = await create(desk, { scopes: ['tickets:read', 'tickets:read'] });
  expect(apiKey).toMatchObject({ agent: null, scopes: ['tickets:read'], whenNoDayPass: null });
  expect(dataOf(await whoIs({ id: '', bearer: secret! })).viewer).toMatchObject({
    kind: 'SERVICE_KEY',
    email: null,
    scopes: ['tickets:read'],
    agent: null,
  });
});

describe('a key is refused', () => {
  const cases: [what: string, input: Partial<CreateApiKeyInput>, code: string, field: string][] = [
    ['without a name', { name: ' ' }, 'VALIDATION_FAILED', 'name'],
    ['with a long name', { name: 'x'.repeat(201) }, 'VALIDATION_FAILED', 'name'],
    ['of the account without scopes', {}, 'VALIDATION_FAILED', 'scopes'],
    ['with no scope at all', { scopes: [] }, 'VALIDATION_FAILED', 'scopes'],
    ['with an unknown scope', { scopes: ['everything'] }, 'VALIDATION_FAILED', 'scopes'],
    ['that has ended', { expiresAt: '2020-01-01T00:00:00Z' }, 'VALIDATION_FAILED', 'expiresAt'],
    [
      'of an agent who does not exist',
      { agentId: nodeId('Agent', newId()) },
      'NOT_FOUND',
      'agentId',
    ],
  ];

  test.each(cases)('%s', async (what, given, code, field) => {
    const desk = await site.openDesk();
    const input = what.includes('scope') ? given : { scopes: ['tickets:read'], ...given };
    const { userErrors, secret, apiKey } = await create(desk, input);
    expect({ userErrors, secret, apiKey }).toEqual({
      userErrors: [{ code, field: [field] }],
      secret: null,
      apiKey: null,
    });
  });
});

test('a secret names its kind and its account, and only its hash is stored', async () => {
  const desk = await site.openDesk();
  const key = await addKey(desk);
  const [account, id] = [desk.accountId, key.id].map((uuid) => uuid.replaceAll('-', ''));
  expect(key.bearer).toMatch(new RegExp(`^dpk_${account}_${id}_[\\w-]{43}$`));
  const rows = await desk.sql<{ secret_hash: Buffer; row: string }>(
    'select secret_hash, api_keys::text as row from api_keys where account_id = $1',
  );
  expect(rows[0]!.secret_hash).toEqual(createHash('sha256').update(key.bearer).digest());
  expect(rows[0]!.row).not.toContain(key.bearer.slice(-43));
});

describe('a bearer is refused that', () => {
  const change: [what: string, (secret: string, other: string) => string][] = [
    ['has another secret', (secret) => `${secret.slice(0, -4)}AAAA`],
    ['is cut short', (secret) => secret.slice(0, -1)],
    ['has only the prefix', () => 'dpk_'],
    ['names another key', (secret, other) => other.slice(0, 70) + secret.slice(70)],
    ['names another account', (s) => `dpk_${newId().replaceAll('-', '')}${s.slice(36)}`],
    ['is a portal session without an agent', () => 'dps_e30.e30.e30'],
  ];

  test.each(change)('%s', async (_, forge) => {
    const desk = await site.openDesk();
    const [key, other] = [await addKey(desk), await addKey(desk)];
    const answer = await whoIs({ id: '', bearer: forge(key.bearer, other.bearer) });
    expect([answer.status, faultCodeOf(answer)]).toEqual([401, 'UNAUTHENTICATED']);
    dataOf(await whoIs(key));
  });
});

test('a revoked key is refused, keeps its first instant, and is still in the list', async () => {
  const desk = await site.openDesk();
  const key = await addKey(desk);
  dataOf(await whoIs(key));
  // The use is written after the answer, and would show in the second of those below.
  await eventually(async () => {
    const { apiKeys } = await act(desk, ListKeysDocument, {});
    expect(apiKeys?.edges[0]?.node.lastUsedAt).not.toBeNull();
  });
  const revoke = () => act(desk, RevokeKeyDocument, { input: { apiKeyId: key.nodeId } });
  const first = (await revoke()).revokeApiKey;
  expect(first).toMatchObject({ userErrors: [], apiKey: { id: key.nodeId } });
  const answer = await whoIs(key);
  expect([answer.status, faultCodeOf(answer)]).toEqual([401, 'UNAUTHENTICATED']);
  expect((await revoke()).revokeApiKey).toEqual(first);
  const { apiKeys } = await act(desk, ListKeysDocument, {});
  expect(apiKeys?.edges.map(({ node }) => node.revokedAt)).toEqual([first!.apiKey!.revokedAt]);
});

test("a key ends by the real clock, even if a sandbox's clock was moved", async () => {
  const desk = await site.openDesk();
  const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
  const hour = await addKey(desk, { expiresAt: soon(3_600_000) });
  await desk.moveClock(2 * 3_600_000);
  const second = await withEnoughTime(async (lifeMs) => {
    const key = await addKey(desk, { expiresAt: soon(lifeMs) });
    dataOf(await whoIs(key));
    return key;
  });
  await eventually(async () => expect(faultCodeOf(await whoIs(second))).toBe('UNAUTHENTICATED'));
  dataOf(await whoIs(hour));
});

test('keys are listed newest first, page by page', async () => {
  const desk = await site.openDesk();
  const made: string[] = [];
  for (let count = 0; count < 3; count += 1) made.unshift((await addKey(desk)).nodeId);
  const first = (await act(desk, ListKeysDocument, { first: 2 })).apiKeys!;
  expect(first.totalCount).toBe(3);
  const after = first.edges[1]!.cursor;
  const second = (await act(desk, ListKeysDocument, { first: 2, after })).apiKeys!;
  expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(made);
});

test('the last use is noted soon, at most once per minute, and no request waits for it', async () => {
  const desk = await site.openDesk();
  const key = await addKey(desk);
  const lastUse = async () =>
    (await act(desk, ListKeysDocument, {})).apiKeys!.edges[0]!.node.lastUsedAt;
  expect(await lastUse()).toBeNull();
  dataOf(await whoIs(key));
  const noted = await eventually(async () => {
    const at = await lastUse();
    expect(at).not.toBeNull();
    return at;
  });
  await Promise.all(Array.from({ length: 20 }, () => whoIs(key)));
  expect(await lastUse()).toBe(noted);
  // As if that was long ago: the key is read again, and its next use is noted again.
  const before = `last_used_at = last_used_at - interval '2 minutes'`;
  await desk.sql(`update api_keys set ${before} where account_id = $1`);
  await addKey(desk);
  await desk.sql('update state_revisions set revision = revision + 1 where account_id = $1');
  await eventually(async () => {
    dataOf(await whoIs(key));
    const [row] = await desk.sql<{ at: Date }>(
      'select last_used_at as at from api_keys where account_id = $1 and id = $2',
      [key.id],
    );
    expect(row!.at.getTime()).toBeGreaterThan(Date.parse(noted!));
  });
});

test('keys are never managed by a key, nor the account or its clock', async () => {
  const desk = await site.openDesk();
  const [adminKey] = [await addAgentKey(desk, desk.admin)];
  const service = await addKey(desk, {
    scopes: ['wallet:write', 'agents:write', 'tickets:write', 'journal:read'],
  });
  for (const { bearer: token } of [adminKey, service]) {
    const list = await site.service.request(ListKeysDocument, { token });
    expect(faultCodeOf(list)).toBe('FORBIDDEN');
    const made = await site.service.request(CreateKeyDocument, {
      token,
      variables: { input: { name: 'Another', scopes: ['tickets:read'] } },
    });
    expect(faultCodeOf(made)).toBe('FORBIDDEN');
    const revoked = await site.service.request(RevokeKeyDocument, {
      token,
      variables: { input: { apiKeyId: service.nodeId } },
    });
    expect(faultCodeOf(revoked)).toBe('FORBIDDEN');
  }
  dataOf(await site.service.request(WhatIsThisKeyDocument, { token: service.bearer }));
});

test('another account’s key does not exist', async () => {
  const [desk, other] = [await site.openDesk(), await site.openDesk()];
  const key = await addKey(other);
  const input = { apiKeyId: key.nodeId };
  expect((await act(desk, RevokeKeyDocument, { input })).revokeApiKey).toEqual({
    apiKey: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['apiKeyId'] }],
  });
  dataOf(await site.service.request(TouchTicketsDocument, { token: key.bearer }));
  await revokeKey(other, key);
});
