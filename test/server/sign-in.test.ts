import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SetIdentityProviderDocument, WhoAmIDocument } from '../generated/operations';
import { dataOf, openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { clientId, TestIdentityProvider } from '../support/desk/identity-provider';
import { connectSocket } from '../support/desk/socket';

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

async function trust(input: { issuer: string; clientId?: string; audiences?: string[] }) {
  const answer = await site.service.request(SetIdentityProviderDocument, {
    token: desk.admin.bearer,
    variables: { input },
  });
  expect(dataOf(answer).setIdentityProvider!.userErrors).toEqual([]);
}

async function ask(slug: string) {
  const response = await fetch(`${site.service.url}/sign-in/${slug}`);
  return { status: response.status, body: await response.json() };
}

/** An issuer that nobody listens at. */
async function goneIssuer(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return `http://127.0.0.1:${port}`;
}

test('a page gets everything that the code flow with PKCE needs', async () => {
  await trust({ issuer: provider.issuer, clientId });
  expect(await ask(desk.slug)).toEqual({
    status: 200,
    body: {
      providers: [
        {
          name: new URL(provider.issuer).host,
          issuer: provider.issuer,
          clientId,
          authorizationEndpoint: `${provider.issuer}/auth`,
          tokenEndpoint: `${provider.issuer}/token`,
          responseType: 'code',
          codeChallengeMethod: 'S256',
          scope: 'openid profile email',
          token: 'id_token',
          bearerPrefix: `${desk.slug}~`,
        },
      ],
    },
  });
});

test('an account without a provider for pages gets the answer of one that does not exist', async () => {
  const nobody = await ask('no-such-account');
  expect(nobody).toEqual({ status: 200, body: { providers: [] } });
  expect(await ask(desk.slug)).toEqual(nobody);
  await trust({ issuer: provider.issuer, audiences: ['machines-only'] });
  expect(await ask(desk.slug)).toEqual(nobody);
  for (const slug of ['No%20Slug', '%00', 'x'.repeat(80), "'--"]) {
    expect(await ask(slug)).toEqual(nobody);
  }
});

test('if the provider cannot be reached, requests and sockets are asked to retry', async () => {
  const issuer = await goneIssuer();
  await trust({ issuer, clientId });
  const claims = { iss: issuer, sub: 'person', email: 'a@desk.example', email_verified: true };
  const token = `${desk.slug}~${await provider.forge(claims)}`;
  const { status, errors } = await site.service.request(WhoAmIDocument, { token });
  expect(status).toBe(503);
  expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'SERVICE_UNAVAILABLE' }]);
  const { code } = await connectSocket(site.service.url, token).closed;
  // The stock client tries again after 1013.
  expect(code).toBe(1013);
});
