import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';
import pino from 'pino';
import type { DataSource } from 'typeorm';
import { readProviderBearer } from '../../src/access/provider-bearer';
import { ProviderSignIn } from '../../src/access/provider-sign-in';
import { createAccount } from '../../src/accounts/create-account';
import { settingsOf } from '../../src/accounts/identity-provider.rules';
import { setIdentityProvider } from '../../src/accounts/set-identity-provider';
import { createAgents } from '../../src/agents/create-agents';
import { newId } from '../../src/core/ids';
import { AccountState } from '../../src/db/account-state';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';

/*
 * A provider that publishes what its admin likes, over HTTP: the library that the other tests sign in
 * with always names its keys.
 */

const nowMs = Date.parse('2026-03-02T09:00:00.250Z');
const clientId = 'desk';

let database: TestDatabase;
let source: DataSource;
let server: http.Server;
let issuer: string;
let published: JWK[];
let fetches: number;
let signIn: ProviderSignIn;
let clockMs: number;
let logged: Record<string, unknown>[];
let slug: string;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 2);
  server = http.createServer((request, response) => {
    if (request.url === '/jwks') fetches += 1;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(
        request.url === '/jwks'
          ? { keys: published }
          : {
              issuer,
              jwks_uri: `${issuer}/jwks`,
              authorization_endpoint: `${issuer}/auth`,
              token_endpoint: `${issuer}/token`,
            },
      ),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await source.destroy();
  await database.drop();
});

beforeEach(async () => {
  published = [];
  fetches = 0;
  taken = 0;
  clockMs = nowMs;
  logged = [];
  slug = `desk-${newId()}`;
  const createdAt = new Date(nowMs);
  const accountId = await createAccount(source, {
    slug,
    name: slug,
    plan: 'any',
    currency: 'USD',
    timeZone: 'UTC',
    sandbox: false,
    createdAt,
  });
  await createAgents(source, accountId, [
    {
      name: 'A. Person',
      email: 'person@desk.example',
      type: 'FULL_TIME',
      status: 'ACTIVE',
      role: 'AGENT',
      timeZone: 'UTC',
      sections: [],
      createdAt,
    },
  ]);
  const state = new AccountState({ source, hints: { send: () => {} } }, accountId);
  const settings = settingsOf({ issuer, clientId });
  const on = { state, fetchRules: { privateAddresses: true } };
  await setIdentityProvider(on, { settings, nowMs, audit: null });
  const lines = new PassThrough().on('data', (line) => logged.push(JSON.parse(String(line))));
  signIn = new ProviderSignIn({
    source,
    nowMs: () => clockMs,
    log: pino({ level: 'info' }, lines),
    privateAddresses: true,
  });
});

/** Made when a test first needs so many: one costs as much as the rest of a test. */
const pairs: ReturnType<typeof generateKeyPair>[] = [];
/** How many of them this test has. */
let taken: number;

/** A key that differs from the others of the test. */
async function newKey(kid?: string) {
  const at = taken++;
  const pair = (pairs[at] ??= generateKeyPair('RS256', { extractable: true }));
  const { privateKey, publicKey } = await pair;
  const jwk: JWK = { ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig' };
  return { privateKey, jwk: kid === undefined ? jwk : { ...jwk, kid }, kid };
}
type Key = Awaited<ReturnType<typeof newKey>>;

/** Whether a token of these claims, signed by this key, lets its person in. */
async function comesIn(
  key: Key,
  claims: JWTPayload = {},
  kid = key.kid,
): Promise<boolean | string> {
  const jwt = await new SignJWT({
    iss: issuer,
    aud: clientId,
    sub: newId(),
    exp: nowMs / 1000 + 600,
    email: 'person@desk.example',
    email_verified: true,
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', ...(kid === undefined ? {} : { kid }) })
    .sign(key.privateKey);
  const found = await signIn.verify(readProviderBearer(`${slug}~${jwt}`)!);
  return found === 'ENDED' ? found : found !== null;
}

test('of several keys without a name, the one that signed is found', async () => {
  const keys = [await newKey(), await newKey(), await newKey()];
  published = keys.map(({ jwk }) => jwk);
  const sub = newId();
  for (const key of keys) expect(await comesIn(key, { sub })).toBe(true);
  // A token may name a key that its provider publishes without a name.
  expect(await comesIn(keys[2]!, { sub }, 'their-own-name')).toBe(true);
  expect(fetches).toBe(1);
  expect(await comesIn(await newKey(), { sub })).toBe(false);
});

test.each([
  ['without a name', undefined],
  ['under the same name', 'only'],
])('a key that was replaced %s is fetched once after a bad signature', async (_, kid) => {
  const [first, second, forged] = [await newKey(kid), await newKey(kid), await newKey(kid)];
  published = [first.jwk];
  const sub = newId();
  expect(await comesIn(first, { sub })).toBe(true);
  published = [second.jwk];
  clockMs += 60_000;
  expect(await comesIn(second, { sub })).toBe(true);
  expect(fetches).toBe(2);
  for (let time = 0; time < 5; time += 1) expect(await comesIn(forged, { sub })).toBe(false);
  expect(fetches).toBe(2);
});

test('times of a token may have a fraction of a second', async () => {
  const key = await newKey('a');
  published = [key.jwk];
  const sub = newId();
  const nowS = nowMs / 1000;
  expect(await comesIn(key, { sub, exp: nowS + 0.5, nbf: nowS - 0.5, iat: nowS - 0.5 })).toBe(true);
  expect(await comesIn(key, { sub, exp: nowS - 40.5 })).toBe('ENDED');
  expect(await comesIn(key, { sub, nbf: nowS + 40.5 })).toBe(false);
});

describe('a refused sign-in is logged in one line with the reason', () => {
  const wrongs: [string, string, JWTPayload][] = [
    ['another audience', 'claim aud', { aud: 'another' }],
    ['a token that is not valid yet', 'claim nbf', { nbf: nowMs / 1000 + 300 }],
    ['another client', 'claim azp', { azp: 'another' }],
    ['a subject that cannot be stored', 'claim sub', { sub: 'a\0b' }],
    ['an event', 'event', { events: { logout: {} } }],
    ['an unknown address', 'nobody has this subject or address', { email: 'x@desk.example' }],
    ['another issuer', 'issuer', { iss: 'https://elsewhere.example' }],
  ];
  test.each(wrongs)('%s: %s', async (_, reason, claims) => {
    const key = await newKey('a');
    published = [key.jwk];
    expect(await comesIn(key, claims)).toBe(false);
    expect(logged).toEqual([
      expect.objectContaining({ level: 30, msg: 'a sign-in was refused', reason }),
    ]);
    const line = JSON.stringify(logged);
    expect(line.length).toBeLessThan(400);
    expect(line).not.toMatch(/desk\.example|elsewhere|another|eyJ/);
  });

  test('a key that the provider does not publish', async () => {
    published = [(await newKey('a')).jwk];
    expect(await comesIn(await newKey('b'))).toBe(false);
    expect(await comesIn(await newKey('a'))).toBe(false);
    expect(logged.map(({ reason, providerId }) => [reason, typeof providerId])).toEqual([
      ['ERR_JWKS_NO_MATCHING_KEY', 'string'],
      ['ERR_JWS_SIGNATURE_VERIFICATION_FAILED', 'string'],
    ]);
  });
});
