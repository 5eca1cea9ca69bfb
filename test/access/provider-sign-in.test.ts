import { SignJWT, type JWTPayload } from 'jose';
import { createSecretKey } from 'node:crypto';
import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import {
  ChangeAgentDocument,
  IdentityProvidersDocument,
  RemoveIdentityProviderDocument,
  SetIdentityProviderDocument,
  UnlinkAgentIdentitiesDocument,
  WhoAmIDocument,
  type SetIdentityProviderMutationVariables,
} from '../generated/operations';
import { send } from '../support/desk/catalogue';
import {
  dataOf,
  eventually,
  openTestSite,
  type Desk,
  type Person,
  type TestSite,
} from '../support/desk/desk';
import { clientId, newProviderKey, TestIdentityProvider } from '../support/desk/identity-provider';
import { startReplica } from '../support/desk/replica';
import { act } from '../support/desk/streams';
import { connectSocket } from '../support/desk/socket';

type Settings = Partial<SetIdentityProviderMutationVariables['input']>;

let site: TestSite;
let provider: TestIdentityProvider;
let desk: Desk;

beforeAll(async () => {
  provider = await TestIdentityProvider.start();
  site = await openTestSite({ DAYPASS_PRIVATE_ISSUERS: 'true' });
});
afterAll(async () => {
  await site.close();
  await provider.stop();
});
beforeEach(async () => {
  desk = await site.openDesk();
});

/**
 * Sets the test's provider for an account; its settings take effect at once, because none were read
 * before.
 */
async function trust(on: Desk = desk, settings: Settings = {}): Promise<string> {
  const answer = await site.service.request(SetIdentityProviderDocument, {
    token: on.admin.bearer,
    variables: { input: { issuer: provider.issuer, clientId, ...settings } },
  });
  const { identityProvider, userErrors } = dataOf(answer).setIdentityProvider!;
  expect(userErrors).toEqual([]);
  return identityProvider!.id;
}

const emailOf = async ({ id }: Person, on: Desk = desk) => {
  const [row] = await on.sql<{ email: string }>(
    'select email from agents where account_id = $1 and id = $2',
    [id],
  );
  return row!.email;
};

/** Claims with which the provider confirms a person's address. */
const verified = async (person: Person, on: Desk = desk): Promise<JWTPayload> => ({
  sub: newId(),
  email: await emailOf(person, on),
  email_verified: true,
});

/** Who a token is to the service: the agent's row id, 'contact', or the code it is refused with. */
async function whoIs(jwt: string, slug: string | null = desk.slug): Promise<string> {
  const token = slug === null ? jwt : `${slug}~${jwt}`;
  const { data, errors } = await site.service.request(WhoAmIDocument, { token });
  if (!data) return String(errors[0]?.extensions?.code);
  return data.viewer.agent?.id ?? 'contact';
}

const agentId = (person: Person) => nodeId('Agent', person.id);

const offerOf = async (slug: string) => {
  const response = await fetch(`${site.service.url}/sign-in/${slug}`);
  const { providers } = (await response.json()) as { providers: never[] };
  return providers[0]!;
};

test('an agent signs in at the MSP’s provider, and is that agent over HTTP and WebSocket', async () => {
  await trust();
  await provider.addPerson('sub-1', { email: await emailOf(desk.agent), email_verified: true });
  const offer: { bearerPrefix: string } & Parameters<typeof provider.signIn>[1] = await offerOf(
    desk.slug,
  );
  const { id_token: token } = await provider.signIn('sub-1', offer);
  const bearer = `${offer.bearerPrefix}${token}`;
  const answer = await site.service.request(WhoAmIDocument, { token: bearer });
  expect(dataOf(answer)).toEqual({
    account: { slug: desk.slug },
    viewer: { agent: { id: agentId(desk.agent), email: await emailOf(desk.agent) } },
  });
  const socket = connectSocket(site.service.url, bearer);
  expect((await socket.request(WhoAmIDocument)).data).toEqual(dataOf(answer));
  await socket.close();
});

test('an access token for the audience that the admin named is accepted, one for another is not', async () => {
  const audience = 'https://daypass.example/api';
  await trust(desk, { audiences: [audience] });
  const claims = { email: await emailOf(desk.agent), email_verified: true };
  await provider.addPerson('sub-2', claims);
  const offer = await offerOf(desk.slug);
  const { access_token: good } = await provider.signIn('sub-2', offer, audience);
  expect(await whoIs(good)).toBe(agentId(desk.agent));
  const { access_token: other } = await provider.signIn('sub-2', offer, 'https://other.example');
  expect(await whoIs(other)).toBe('UNAUTHENTICATED');
  // The same sign-in's ID token is for the page, not for the API that the admin named.
  const { id_token: page } = await provider.signIn('sub-2', offer);
  expect(await whoIs(page)).toBe('UNAUTHENTICATED');
});

test('a token may itself name its account, and then it is for no other', async () => {
  await trust();
  const other = await site.openDesk();
  await trust(other);
  const email = await emailOf(desk.agent);
  await other.addAgents([{ email }]);
  const claims = { ...(await verified(desk.agent)), daypass_account: desk.slug };
  const token = await provider.forge(claims);
  expect(await whoIs(token, null)).toBe(agentId(desk.agent));
  expect(await whoIs(token)).toBe(agentId(desk.agent));
  expect(await whoIs(token, other.slug)).toBe('UNAUTHENTICATED');
  expect(await whoIs(await provider.forge(await verified(desk.agent)), null)).toBe(
    'UNAUTHENTICATED',
  );
});

test('the authorized party of a token is the client, or an audience that the admin named', async () => {
  await trust(desk, { audiences: [clientId, 'api'] });
  const claims = await verified(desk.agent);
  for (const said of [
    { azp: clientId },
    { aud: [clientId, 'other'], azp: clientId },
    { aud: 'api', azp: 'api' },
    { aud: [clientId, 'api'] },
  ]) {
    expect(await whoIs(await provider.forge({ ...claims, ...said }))).toBe(agentId(desk.agent));
  }
  // Without a client there is an API alone, which any client may call.
  const other = await site.openDesk();
  await trust(other, { clientId: null, audiences: ['api'] });
  const called = { ...(await verified(other.agent, other)), aud: ['api', 'more'], azp: 'any' };
  expect(await whoIs(await provider.forge(called), other.slug)).toBe(agentId(other.agent));
});

test('a provider opens no account but those that trust it', async () => {
  await trust();
  const other = await site.openDesk();
  const claims = await verified(other.agent, other);
  expect(await whoIs(await provider.forge(claims), other.slug)).toBe('UNAUTHENTICATED');
  expect(await whoIs(await provider.forge({ ...claims, daypass_account: other.slug }), null)).toBe(
    'UNAUTHENTICATED',
  );
  // Nor does it name an agent of another account in one that does trust it.
  expect(await whoIs(await provider.forge(claims))).toBe('UNAUTHENTICATED');
  expect(await whoIs(await provider.forge(claims), 'no-such-account')).toBe('UNAUTHENTICATED');
  // And who came in by it finds nothing of another account.
  const token = `${desk.slug}~${await provider.forge(await verified(desk.admin))}`;
  const query = `{ own: node(id: "${agentId(desk.agent)}") { id }
    other: node(id: "${agentId(other.agent)}") { id } account { slug } }`;
  const { data } = await send(desk, token, query);
  expect(data).toEqual({
    own: { id: agentId(desk.agent) },
    other: null,
    account: { slug: desk.slug },
  });
});

describe('a token is refused', () => {
  const nowS = () => Math.floor(Date.now() / 1000);
  const wrongs: [string, () => JWTPayload][] = [
    ['for another audience', () => ({ aud: 'another-client' })],
    ['for a list of audiences without ours', () => ({ aud: ['a', 'b'] })],
    ['without an audience', () => ({ aud: undefined })],
    ['of another issuer', () => ({ iss: 'https://elsewhere.example' })],
    ['of the issuer with a slash more', () => ({ iss: `${provider.issuer}/` })],
    ['that has ended', () => ({ exp: nowS() - 60 })],
    ['without an end', () => ({ exp: undefined })],
    ['that is not valid yet', () => ({ nbf: nowS() + 300 })],
    ['without a subject', () => ({ sub: undefined })],
    ['that tells of an event, as a logout', () => ({ events: { logout: {} } })],
    ['whose subject holds U+0000', () => ({ sub: 'a\0b' })],
    ['whose subject holds half of a surrogate pair', () => ({ sub: 'a\ud83d' })],
    ['whose address holds U+0000', () => ({ sub: newId(), email: 'a\0b@desk.example' })],
    ['for an account whose name holds U+0000', () => ({ daypass_account: `${desk.slug}\0` })],
    ['that was issued to another client', () => ({ azp: 'another-client' })],
    ['whose authorized party is no text', () => ({ azp: [clientId] as never })],
    ['for other audiences too, without an authorized party', () => ({ aud: [clientId, 'b'] })],
    ['for other audiences too, issued to one of them', () => ({ aud: [clientId, 'b'], azp: 'b' })],
  ];
  test.each(wrongs)('%s', async (_what, wrong) => {
    await trust();
    const claims = await verified(desk.agent);
    expect(await whoIs(await provider.forge(claims))).toBe(agentId(desk.agent));
    expect(await whoIs(await provider.forge({ ...claims, ...wrong() }))).toBe('UNAUTHENTICATED');
  });

  test('that names an account that cannot be stored, in itself alone', async () => {
    await trust();
    for (const daypass_account of [`${desk.slug}\0`, 'x'.repeat(64), 'Ä', '']) {
      const claims = { ...(await verified(desk.agent)), daypass_account };
      expect(await whoIs(await provider.forge(claims), null)).toBe('UNAUTHENTICATED');
    }
  });

  test('of another kind, though the same key signed it', async () => {
    await trust();
    const claims = await verified(desk.agent);
    for (const typ of ['logout+jwt', 'secevent+jwt', 'dpop+jwt']) {
      const token = await provider.forge(claims, { header: { typ } });
      expect(await whoIs(token)).toBe('UNAUTHENTICATED');
    }
    const token = await provider.forge(claims, { header: { typ: 'JWT' } });
    expect(await whoIs(token)).toBe(agentId(desk.agent));
  });

  test('signed by a key that the provider does not publish, under the id of one that it does', async () => {
    await trust();
    const key = { ...(await newProviderKey('forged')), kid: provider.key.kid };
    const token = await provider.forge(await verified(desk.agent), { key });
    expect(await whoIs(token)).toBe('UNAUTHENTICATED');
  });

  test('of an algorithm that the admin did not name', async () => {
    await trust(desk, { algorithms: ['ES256'] });
    const token = await provider.forge(await verified(desk.agent));
    expect(await whoIs(token)).toBe('UNAUTHENTICATED');
  });

  test('signed with the provider’s public key as if it were a shared secret, or not at all', async () => {
    await trust();
    const { kid, publicPem } = provider.key;
    const claims = { iss: provider.issuer, aud: clientId, ...(await verified(desk.agent)) };
    const hmac = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid })
      .setExpirationTime('1h')
      .sign(createSecretKey(Buffer.from(publicPem)));
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = part({ ...claims, exp: nowS() + 600 });
    const unsigned = `${part({ alg: 'none', kid })}.${body}.`;
    for (const token of [hmac, unsigned, `${unsigned}AAAA`]) {
      expect(await whoIs(token)).toBe('UNAUTHENTICATED');
      expect(await whoIs(token, null)).toBe('UNAUTHENTICATED');
    }
  });
});

test('a provider whose discovery names another issuer gives no keys', async () => {
  const alias = provider.issuer.replace('127.0.0.1', 'localhost');
  await trust(desk, { issuer: alias });
  const token = await provider.forge({ ...(await verified(desk.agent)), iss: alias });
  expect(await whoIs(token)).toBe('SERVICE_UNAVAILABLE');
});

test('an expired token closes a socket so that it reconnects with a new one', async () => {
  await trust();
  const exp = Math.floor(Date.now() / 1000) - 60;
  const token = await provider.forge({ ...(await verified(desk.agent)), exp });
  const { code } = await connectSocket(site.service.url, `${desk.slug}~${token}`).closed;
  expect(code).toBe(4403);
});

test('clocks may differ by half a minute', async () => {
  await trust();
  const nowS = Math.floor(Date.now() / 1000);
  const claims = await verified(desk.agent);
  const late = await provider.forge({ ...claims, exp: nowS - 15 });
  const early = await provider.forge({ ...claims, nbf: nowS + 15 });
  expect(await whoIs(late)).toBe(agentId(desk.agent));
  expect(await whoIs(early)).toBe(agentId(desk.agent));
});

describe('how a person is identified', () => {
  test('an address counts only if the provider verified it or the admin trusts it', async () => {
    await trust();
    const claims = { sub: newId(), email: await emailOf(desk.agent) };
    for (const said of [{}, { email_verified: false }, { email_verified: 1 }]) {
      expect(await whoIs(await provider.forge({ ...claims, ...said }))).toBe('UNAUTHENTICATED');
    }
    await trust(desk, { trustsEmail: true });
    await eventually(async () =>
      expect(await whoIs(await provider.forge(claims))).toBe(agentId(desk.agent)),
    );
  });

  test('email_verified does not refer to another claim', async () => {
    await trust(desk, { emailClaim: 'upn' });
    const upn = await emailOf(desk.agent);
    const token = await provider.forge({ sub: newId(), upn, email_verified: true });
    expect(await whoIs(token)).toBe('UNAUTHENTICATED');
    await trust(desk, { emailClaim: 'upn', trustsEmail: true });
    await eventually(async () => expect(await whoIs(token)).toBe(agentId(desk.agent)));
  });

  test('letters that only look alike in lower case are a different address', async () => {
    await trust(desk, { admitsContacts: true });
    const [agent] = await desk.addAgents([{ email: 'kelvin@desk.example' }]);
    const claims = { sub: newId(), email: '\u212Aelvin@desk.example', email_verified: true };
    expect(await whoIs(await provider.forge(claims))).toBe('UNAUTHENTICATED');
    const own = { ...claims, email: 'KELVIN@desk.example' };
    expect(await whoIs(await provider.forge(own))).toBe(agentId(agent!));
  });

  test('after the first sign-in a person is known by the subject, even if the address changes', async () => {
    await trust();
    const claims = await verified(desk.agent);
    expect(await whoIs(await provider.forge(claims))).toBe(agentId(desk.agent));
    const moved = { sub: claims.sub, email: 'new@desk.example', email_verified: true };
    expect(await whoIs(await provider.forge(moved))).toBe(agentId(desk.agent));
    expect(await whoIs(await provider.forge({ sub: claims.sub }))).toBe(agentId(desk.agent));
    // The address now belongs to another person at the provider, who is not the agent.
    const heir = { ...claims, sub: newId() };
    expect(await whoIs(await provider.forge(heir))).toBe('UNAUTHENTICATED');

    const forget = await site.service.request(UnlinkAgentIdentitiesDocument, {
      token: desk.admin.bearer,
      variables: { input: { agentId: agentId(desk.agent) } },
    });
    expect(dataOf(forget).unlinkAgentIdentities!.userErrors).toEqual([]);
    expect(await whoIs(await provider.forge(heir))).toBe(agentId(desk.agent));
    await eventually(async () =>
      expect(await whoIs(await provider.forge(claims))).toBe('UNAUTHENTICATED'),
    );
  });

  test('an agent whose address an admin changed signs in with the new one, and nobody with the old', async () => {
    await trust();
    const claims = await verified(desk.agent);
    const before = await provider.forge(claims);
    expect(await whoIs(before)).toBe(agentId(desk.agent));
    const socket = connectSocket(site.service.url, `${desk.slug}~${before}`);
    await socket.request(WhoAmIDocument);
    const input = { agentId: agentId(desk.agent), email: 'married@desk.example' };
    await act(desk, ChangeAgentDocument, { input });
    await socket.closed;
    await eventually(async () => expect(await whoIs(before)).toBe('UNAUTHENTICATED'));
    const after = { ...claims, email: 'married@desk.example' };
    expect(await whoIs(await provider.forge(after))).toBe(agentId(desk.agent));
  });

  test('of many first sign-ins at once under one address, one subject becomes the agent', async () => {
    await trust();
    const claims = await verified(desk.agent);
    const tokens = await Promise.all(
      Array.from({ length: 8 }, () => provider.forge({ ...claims, sub: newId() })),
    );
    const found = await Promise.all(tokens.map((token) => whoIs(token)));
    expect(found.filter((who) => who === agentId(desk.agent))).toHaveLength(1);
    expect(found.filter((who) => who === 'UNAUTHENTICATED')).toHaveLength(7);
  });

  test('a person who is not an agent is a contact, if the provider admits contacts', async () => {
    await trust();
    const claims = { sub: newId(), email: 'visitor@customer.example', email_verified: true };
    const token = await provider.forge(claims);
    expect(await whoIs(token)).toBe('UNAUTHENTICATED');
    await trust(desk, { admitsContacts: true });
    await eventually(async () => expect(await whoIs(token)).toBe('contact'));
    const unverified = await provider.forge({ ...claims, email_verified: false });
    expect(await whoIs(unverified)).toBe('UNAUTHENTICATED');
  });
});

describe('a bearer that was accepted', () => {
  const disable = (on: Desk) => trust(on, { enabled: false });
  const remove = async (on: Desk) => {
    const list = await site.service.request(IdentityProvidersDocument, { token: on.admin.bearer });
    const [{ id: identityProviderId } = { id: '' }] = dataOf(list).identityProviders!;
    const answer = await site.service.request(RemoveIdentityProviderDocument, {
      token: on.admin.bearer,
      variables: { input: { identityProviderId } },
    });
    expect(dataOf(answer).removeIdentityProvider!.userErrors).toEqual([]);
  };
  const renameAudience = (on: Desk) => trust(on, { audiences: ['another'] });

  test.each([
    ['disabled', disable],
    ['removed', remove],
    ['set for another audience', renameAudience],
  ])('is refused soon after its provider is %s', async (_what, withdraw) => {
    await trust();
    const token = await provider.forge(await verified(desk.agent));
    expect(await whoIs(token)).toBe(agentId(desk.agent));
    await withdraw(desk);
    await eventually(async () => expect(await whoIs(token)).toBe('UNAUTHENTICATED'));
  });

  test.each([
    ['disabled', disable],
    ['removed', remove],
  ])(
    'closes its sockets at once, on every process, if its provider is %s',
    async (_what, withdraw) => {
      const replica = await startReplica(site.service.databaseUrl, {
        DAYPASS_PRIVATE_ISSUERS: 'true',
      });
      try {
        await trust();
        const bearer = `${desk.slug}~${await provider.forge(await verified(desk.agent))}`;
        const sockets = [site.service, replica].map(({ url }) => connectSocket(url, bearer));
        for (const socket of sockets) {
          expect((await socket.request(WhoAmIDocument)).errors).toEqual([]);
        }
        const own = connectSocket(site.service.url, desk.admin.bearer);
        expect((await own.request(WhoAmIDocument)).errors).toEqual([]);
        await withdraw(desk);
        const closes = await Promise.all(sockets.map((socket) => socket.closed));
        expect(closes.map(({ code }) => code)).toEqual([4401, 4401]);
        expect((await own.request(WhoAmIDocument)).errors).toEqual([]);
        await own.close();
      } finally {
        await replica.stop();
      }
    },
  );

  test('remains if its provider only gets another name', async () => {
    await trust();
    const bearer = `${desk.slug}~${await provider.forge(await verified(desk.agent))}`;
    const socket = connectSocket(site.service.url, bearer);
    expect((await socket.request(WhoAmIDocument)).errors).toEqual([]);
    await trust(desk, { name: 'Another name' });
    expect((await socket.request(WhoAmIDocument)).errors).toEqual([]);
    await socket.close();
  });

  test('gives a deactivated agent nothing', async () => {
    await trust();
    await desk.add(1);
    const token = await provider.forge(await verified(desk.agent));
    const person = { ...desk.agent, bearer: `${desk.slug}~${token}` };
    expect((await desk.ask(person)).__typename).toBe('DayPassRequired');
    await desk.sql("update agents set status = 'DEACTIVATED' where account_id = $1 and id = $2", [
      desk.agent.id,
    ]);
    expect((await desk.ask(person)).__typename).toBe('PortalAccessDenied');
  });
});
