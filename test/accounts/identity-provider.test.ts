import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import {
  IdentityProvidersDocument,
  RemoveIdentityProviderDocument,
  SetIdentityProviderDocument,
  UnlinkAgentIdentitiesDocument,
  type SetIdentityProviderMutationVariables,
} from '../generated/operations';
import { send } from '../support/desk/catalogue';
import { dataOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';

const issuer = 'https://login.msp.example';

let site: TestSite;
let desk: Desk;

beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  desk = await site.openDesk();
});

type Input = Partial<SetIdentityProviderMutationVariables['input']>;

async function set(input: Input, on: Desk = desk) {
  const answer = await site.service.request(SetIdentityProviderDocument, {
    token: on.admin.bearer,
    variables: { input: { issuer, clientId: 'portal', ...input } },
  });
  return dataOf(answer).setIdentityProvider!;
}

async function list(on: Desk = desk) {
  const token = on.admin.bearer;
  return dataOf(await site.service.request(IdentityProvidersDocument, { token }))
    .identityProviders!;
}

async function remove(identityProviderId: string, on: Desk = desk) {
  const answer = await site.service.request(RemoveIdentityProviderDocument, {
    token: on.admin.bearer,
    variables: { input: { identityProviderId } },
  });
  return dataOf(answer).removeIdentityProvider!.userErrors;
}

test('a provider is set with what most providers need, found in the list and by its id', async () => {
  const { identityProvider, userErrors } = await set({});
  expect(userErrors).toEqual([]);
  const known = {
    id: identityProvider!.id,
    name: 'login.msp.example',
    issuer,
    clientId: 'portal',
    audiences: ['portal'],
    scopes: ['openid', 'profile', 'email'],
    algorithms: ['RS256'],
    emailClaim: 'email',
    trustsEmail: false,
    admitsContacts: false,
    enabled: true,
    keysFetchedAt: null,
  };
  expect(await list()).toEqual([known]);
  const query = `{ node(id: "${known.id}") { ... on IdentityProvider { issuer } } }`;
  expect((await send(desk, desk.admin.bearer, query)).data).toEqual({ node: { issuer } });
});

test('the issuer decides which it is, and what is left out is as by default again', async () => {
  const first = await set({ name: 'Ours', admitsContacts: true, audiences: ['api', 'portal'] });
  const second = await set({ enabled: false });
  expect(second.identityProvider).toMatchObject({
    id: first.identityProvider!.id,
    name: 'login.msp.example',
    admitsContacts: false,
    audiences: ['portal'],
    enabled: false,
  });
  expect(await list()).toHaveLength(1);
  await set({ issuer: `${issuer}/other` });
  expect(await list()).toHaveLength(2);
});

test.each<[string, Input]>([
  ['issuer', { issuer: 'http://login.msp.example' }],
  ['issuer', { issuer: 'https://127.0.0.1' }],
  ['issuer', { issuer: 'https://169.254.169.254/latest' }],
  ['issuer', { issuer: 'https://login.msp.example/?tenant=1' }],
  ['issuer', { issuer: 'https://login.msp.example/#' }],
  ['issuer', { issuer: 'https://user:secret@login.msp.example' }],
  ['issuer', { issuer: `https://login.msp.example/${'x'.repeat(500)}` }],
  ['issuer', { issuer: 'HTTPS://login.msp.example' }],
  ['issuer', { issuer: 'https://Login.MSP.example' }],
  ['issuer', { issuer: 'https://login.msp.example:443' }],
  ['issuer', { issuer: 'https://login.msp.example.' }],
  ['issuer', { issuer: 'https://login.msp.example/a/../b' }],
  ['issuer', { issuer: 'https:/login.msp.example' }],
  ['issuer', { issuer: 'https:\\\\login.msp.example' }],
  ['issuer', { issuer: 'https://login.msp.example/\n' }],
  ['issuer', { issuer: ' https://login.msp.example' }],
  ['issuer', { issuer: 'https://bücher.example' }],
  ['name', { name: 'Ours\n' }],
  ['name', { name: ' ' }],
  ['clientId', { clientId: '' }],
  ['emailClaim', { emailClaim: 'a\0' }],
  ['audiences', { audiences: [] }],
  ['audiences', { clientId: null }],
  ['audiences', { audiences: Array.from({ length: 11 }, (_, at) => `a${at}`) }],
  ['audiences', { audiences: ['\ud800'] }],
  ['scopes', { scopes: [] }],
  ['scopes', { scopes: ['openid email'] }],
  ['algorithms', { algorithms: [] }],
])('%s: %j is refused', async (field, input) => {
  expect(await set(input)).toEqual({
    identityProvider: null,
    userErrors: [{ code: 'VALIDATION_FAILED', field: [field] }],
  });
  expect(await list()).toEqual([]);
});

test('one issuer is one provider, with or without a slash at its end', async () => {
  expect((await set({ issuer: `${issuer}/realm/` })).userErrors).toEqual([]);
  expect((await set({ issuer: `${issuer}/realm` })).userErrors).toEqual([
    { code: 'VALIDATION_FAILED', field: ['issuer'] },
  ]);
  expect((await set({ issuer: `${issuer}/realm/`, name: 'Again' })).userErrors).toEqual([]);
  expect((await list()).map((one) => one.issuer)).toEqual([`${issuer}/realm/`]);
});

test('an algorithm with a shared secret cannot be named', async () => {
  for (const algorithm of ['HS256', 'none']) {
    const query = `mutation { setIdentityProvider(input:
      {issuer: "${issuer}", clientId: "portal", algorithms: [${algorithm}]}) { userErrors { code } } }`;
    const { errors } = await send(desk, desk.admin.bearer, query);
    expect(errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  }
});

test('an account has at most ten', async () => {
  for (let at = 0; at < 10; at += 1) await set({ issuer: `${issuer}/${at}` });
  const { userErrors } = await set({ issuer: `${issuer}/one-more` });
  expect(userErrors).toEqual([{ code: 'VALIDATION_FAILED', field: ['issuer'] }]);
  expect((await set({ issuer: `${issuer}/3`, name: 'Still changed' })).userErrors).toEqual([]);
});

test('two accounts may trust the same provider, and each removes its own', async () => {
  const other = await site.openDesk();
  const { identityProvider: theirs } = await set({}, other);
  const { identityProvider: own } = await set({});
  const notFound = [{ code: 'NOT_FOUND', field: ['identityProviderId'] }];
  expect(await remove(theirs!.id)).toEqual(notFound);
  expect(await remove(nodeId('IdentityProvider', newId()))).toEqual(notFound);
  expect(await remove(nodeId('Agent', desk.agent.id))).toEqual(notFound);
  expect(await remove(own!.id)).toEqual([]);
  expect(await list()).toEqual([]);
  expect(await list(other)).toHaveLength(1);
});

test('another account’s agent is unlinked as one that does not exist', async () => {
  const other = await site.openDesk();
  const refusals = [];
  for (const id of [other.agent.id, newId()]) {
    const answer = await site.service.request(UnlinkAgentIdentitiesDocument, {
      token: desk.admin.bearer,
      variables: { input: { agentId: nodeId('Agent', id) } },
    });
    refusals.push(dataOf(answer).unlinkAgentIdentities!.userErrors);
  }
  expect(refusals[0]).toEqual([{ code: 'NOT_FOUND', field: ['agentId'] }]);
  expect(refusals[1]).toEqual(refusals[0]);
});

test('each change raises the account’s state, so that streams of other processes receive it', async () => {
  const revision = async () => {
    const [row] = await desk.sql<{ revision: number }>(
      'select revision from state_revisions where account_id = $1',
    );
    return row!.revision;
  };
  const before = await revision();
  const { identityProvider } = await set({});
  await remove(identityProvider!.id);
  await remove(identityProvider!.id);
  expect(await revision()).toBe(before + 2);
});
