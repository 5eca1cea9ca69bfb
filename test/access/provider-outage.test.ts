import type { DataSource } from 'typeorm';
import { ProviderSignIn } from '../../src/access/provider-sign-in';
import { readProviderBearer } from '../../src/access/provider-bearer';
import { settingsOf } from '../../src/accounts/identity-provider.rules';
import { setIdentityProvider } from '../../src/accounts/set-identity-provider';
import { createAccount } from '../../src/accounts/create-account';
import { createAgents } from '../../src/agents/create-agents';
import { readConfig } from '../../src/core/config';
import { newId } from '../../src/core/ids';
import { createLog } from '../../src/core/log';
import { AccountState } from '../../src/db/account-state';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { clientId, newProviderKey, TestIdentityProvider } from '../support/desk/identity-provider';

const secondMs = 1_000;
const hourMs = 3_600_000;
const log = createLog(readConfig({ LOG_LEVEL: 'silent' }));
const privateAddresses = { privateAddresses: true };

let database: TestDatabase;
let source: DataSource;
let provider: TestIdentityProvider;
let hitsBefore: number;
let slug: string;
let email: string;
/** The database's clock, as sign-in sees it. */
let nowMs: number;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url);
  provider = await TestIdentityProvider.start();
});
afterAll(async () => {
  await provider.stop();
  await source.destroy();
  await database.drop();
});

beforeEach(async () => {
  await provider.rotate(provider.key);
  hitsBefore = await provider.keyHits();
  nowMs = Date.now();
  slug = `desk-${newId()}`;
  email = `person@${slug}.example`;
  const accountId = await createAccount(source, {
    slug,
    name: slug,
    plan: 'any',
    currency: 'USD',
    timeZone: 'UTC',
    sandbox: false,
    createdAt: new Date(nowMs),
  });
  await createAgents(source, accountId, [
    {
      name: 'A. Person',
      email,
      type: 'FULL_TIME',
      status: 'ACTIVE',
      role: 'AGENT',
      timeZone: 'UTC',
      sections: [],
      createdAt: new Date(nowMs),
    },
  ]);
  const state = new AccountState({ source, hints: { send: () => {} } }, accountId);
  const settings = settingsOf({ issuer: provider.issuer, clientId });
  const on = { state, fetchRules: privateAddresses };
  await setIdentityProvider(on, { settings, nowMs, audit: null });
});

/** How often the test's account has fetched the provider's keys. */
const keyHits = async () => (await provider.keyHits()) - hitsBefore;

/** The sign-in of a process that starts now. */
const startProcess = () =>
  new ProviderSignIn({ ...privateAddresses, source, nowMs: () => nowMs, log });

const token = (options?: Parameters<typeof provider.forge>[1]) =>
  provider.forge(
    { sub: 'person', email, email_verified: true, exp: Math.floor(nowMs / 1000) + 7 * 86_400 },
    options,
  );

/** 'AGENT', 'nobody', or the code of what went wrong. */
async function admit(signIn: ProviderSignIn, jwt: string): Promise<string> {
  try {
    const found = await signIn.verify(readProviderBearer(`${slug}~${jwt}`)!);
    return found === null ? 'nobody' : found === 'ENDED' ? found : found.kind;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test('keys are fetched once, and again after ten minutes', async () => {
  const signIn = startProcess();
  const tokens = await Promise.all(Array.from({ length: 20 }, () => token()));
  expect(new Set(await Promise.all(tokens.map((jwt) => admit(signIn, jwt))))).toEqual(
    new Set(['AGENT']),
  );
  expect(await keyHits()).toBe(1);
  nowMs += 599 * secondMs;
  expect(await admit(signIn, await token())).toBe('AGENT');
  expect(await keyHits()).toBe(1);
  nowMs += secondMs;
  expect(await admit(signIn, await token())).toBe('AGENT');
  expect(await keyHits()).toBe(2);
});

test('a process that starts later needs no fetch while the keys of another are fresh', async () => {
  expect(await admit(startProcess(), await token())).toBe('AGENT');
  expect(await admit(startProcess(), await token())).toBe('AGENT');
  expect(await keyHits()).toBe(1);
});

test('a key that the provider adds is found, and one that it withdraws ends within ten minutes', async () => {
  const signIn = startProcess();
  expect(await admit(signIn, await token())).toBe('AGENT');
  const next = await newProviderKey('next');
  await provider.rotate(next);
  nowMs += 30 * secondMs;
  expect(await admit(signIn, await token({ key: next }))).toBe('AGENT');

  const last = await newProviderKey('last');
  await provider.rotate(last);
  nowMs += 600 * secondMs;
  expect(await admit(signIn, await token({ key: next }))).toBe('nobody');
  expect(await admit(signIn, await token({ key: last }))).toBe('AGENT');
});

test('a bearer that was accepted ends with its key, too', async () => {
  const signIn = startProcess();
  const jwt = await token();
  expect(await admit(signIn, jwt)).toBe('AGENT');
  await provider.rotate(await newProviderKey('next'));
  nowMs += 600 * secondMs;
  expect(await admit(signIn, jwt)).toBe('nobody');
});

test('a flood of invented key ids costs the provider one fetch per 30 s', async () => {
  const signIn = startProcess();
  expect(await admit(signIn, await token())).toBe('AGENT');
  nowMs += 30 * secondMs;
  const flood = await Promise.all(
    Array.from({ length: 50 }, (_, at) => token({ header: { kid: `made-up-${at}` } })),
  );
  const rush = async () => new Set(await Promise.all(flood.map((jwt) => admit(signIn, jwt))));
  expect(await rush()).toEqual(new Set(['nobody']));
  expect(await rush()).toEqual(new Set(['nobody']));
  expect(await keyHits()).toBe(2);
  // The others come in all the while.
  expect(await admit(signIn, await token())).toBe('AGENT');
  nowMs += 30 * secondMs;
  await rush();
  expect(await keyHits()).toBe(3);
});

test('a token with an algorithm that is not allowed costs the provider nothing', async () => {
  const signIn = startProcess();
  const jwt = await token();
  const [, body, signature] = jwt.split('.');
  const header = Buffer.from('{"alg":"ES256","kid":"made-up"}').toString('base64url');
  expect(await admit(signIn, `${header}.${body}.${signature}`)).toBe('nobody');
  expect(await keyHits()).toBe(0);
});

describe('while the provider is away', () => {
  test('its last keys are valid for a day, even in a process that starts during the outage', async () => {
    const before = startProcess();
    expect(await admit(before, await token())).toBe('AGENT');
    await provider.goAway();
    nowMs += 23 * hourMs;
    expect(await admit(before, await token())).toBe('AGENT');
    expect(await admit(startProcess(), await token())).toBe('AGENT');
    nowMs += hourMs;
    expect(await admit(before, await token())).toBe('SERVICE_UNAVAILABLE');
    expect(await admit(startProcess(), await token())).toBe('SERVICE_UNAVAILABLE');

    await provider.comeBack();
    nowMs += 30 * secondMs;
    expect(await admit(before, await token())).toBe('AGENT');
  });

  test('a provider that was never reached does not cause a final refusal', async () => {
    await provider.goAway();
    const signIn = startProcess();
    expect(await admit(signIn, await token())).toBe('SERVICE_UNAVAILABLE');
    expect(await signIn.offered(slug)).toMatchObject([{ clientId, documents: null }]);
    await provider.comeBack();
    // Not asked again at once: it is away for all at the same time.
    expect(await admit(signIn, await token())).toBe('SERVICE_UNAVAILABLE');
    nowMs += 30 * secondMs;
    expect(await admit(signIn, await token())).toBe('AGENT');
  });
});
