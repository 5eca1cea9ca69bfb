/**
 * A real OpenID provider in a separate process, in memory. It gets its orders over IPC: {do:
 * 'listen' | 'away' | 'keys' | 'page' | 'person' | 'hits', …}; each is answered once it is done.
 */
import http from 'node:http';
import { once } from 'node:events';
import { Provider } from 'oidc-provider';

let port = 0;
let server;
let provider;
let handle;
let keysInUse;
/** Where people may be sent back to. */
const pages = ['https://portal.example/signed-in'];
const people = new Map();
const hits = {};

/** The people who can sign in, by subject: their claims. */
const findAccount = (_ctx, subject) => {
  const claims = people.get(subject);
  return claims && { accountId: subject, claims: () => ({ sub: subject, ...claims }) };
};

function configure(keys) {
  keysInUse = keys;
  provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [
      {
        client_id: 'desk-portal',
        redirect_uris: pages,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
        application_type: 'web',
      },
    ],
    jwks: { keys },
    findAccount,
    claims: { openid: ['sub', 'daypass_account'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    // Single-page applications ask the token endpoint themselves.
    clientBasedCORS: () => true,
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => undefined,
        getResourceServerInfo: (_ctx, resource) => ({
          scope: 'openid email',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
        useGrantedResource: () => true,
      },
    },
    extraTokenClaims: (_ctx, token) => people.get(token.accountId) ?? {},
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ['only-a-test'] },
    // Real ones last an hour; nothing here is stored beyond the process.
    ttl: { Session: 3600, Grant: 3600, Interaction: 600, IdToken: 3600, AccessToken: 3600 },
  });
  handle = provider.callback();
}

/** The person in login_hint, else the first person, signs in and consents, as by clicking. */
async function interact(request, response) {
  const { params, prompt, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    const login = { accountId: params.login_hint ?? [...people.keys()][0] };
    return provider.interactionFinished(request, response, { login });
  }
  const known = grantId && (await provider.Grant.find(grantId));
  const grant =
    known || new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  const { missingOIDCScope = [], missingResourceScopes = {} } = prompt.details;
  if (missingOIDCScope.length > 0) grant.addOIDCScope(missingOIDCScope.join(' '));
  for (const [resource, scopes] of Object.entries(missingResourceScopes)) {
    grant.addResourceScope(resource, scopes.join(' '));
  }
  const consent = { grantId: await grant.save() };
  await provider.interactionFinished(request, response, { consent });
}

function listener(request, response) {
  const path = request.url.split('?')[0];
  hits[path] = (hits[path] ?? 0) + 1;
  if (!path.startsWith('/interaction/')) return handle(request, response);
  interact(request, response).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
}

const orders = {
  async listen({ keys }) {
    server = http.createServer(listener);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = server.address().port;
    if (keys) configure(keys);
    return port;
  },
  async away() {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  },
  async keys({ keys }) {
    configure(keys);
  },
  async page({ redirectUri }) {
    pages.push(redirectUri);
    configure(keysInUse);
  },
  async person({ subject, claims }) {
    people.set(subject, claims);
  },
  async hits() {
    return hits;
  },
};

process.on('message', async ({ id, order }) => {
  process.send({ id, answer: (await orders[order.do](order)) ?? null });
});
process.on('disconnect', () => process.exit(0));
