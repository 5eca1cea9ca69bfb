import { request } from 'node:http';
import { readConfig } from '../../src/core/config';
import type { DatabaseClock } from '../../src/db/database-clock';
import { loadSecrets } from '../../src/db/secrets';
import { banner } from '../../src/server/pages/banner';
import { openTestSite, type TestSite } from '../support/desk/desk';
import { startReplica } from '../support/desk/replica';

const development = { NODE_ENV: 'development', DAYPASS_DEMO: 'false' };

let site: TestSite;

beforeAll(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  site = await openTestSite({ ...development, PUBLIC_URL: 'https://desk.example:8443/passes' });
});
afterAll(async () => {
  await site.close();
  jest.restoreAllMocks();
});

/** The status of an answer; `fetch` sends a Host of its own. */
function statusOf(options: {
  url: string;
  path: string;
  method?: string;
  headers: Record<string, string>;
}): Promise<number> {
  const { url, path, method = 'GET', headers } = options;
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, { method, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    asked.on('error', reject).end();
  });
}

const pages: [path: string, method: string, status: number][] = [
  ['/dev/people', 'GET', 200],
  ['/dev/inbox', 'GET', 200],
  ['/dev/mails', 'GET', 200],
  // There is nobody of no name, and there is an answer.
  ['/dev/sign-in', 'POST', 404],
];

describe.each(pages)('%s', (path, method, served) => {
  test.each([
    'localhost',
    'localhost:4000',
    'LOCALHOST',
    '127.0.0.1:4000',
    '127.9.9.9',
    '[::1]:4000',
    'desk.example:8443',
    'Desk.Example:8443',
  ])('answers to %s', async (host) => {
    const { url } = site.service;
    expect(await statusOf({ url, path, method, headers: { host } })).toBe(served);
  });

  test.each([
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example',
    'evil-localhost',
    '127.0.0.1.evil.example',
    'desk.example',
    'desk.example:4000',
    'localhost@evil.example',
    'evil.example#localhost',
    '192.168.1.5:4000',
    '0.0.0.0:4000',
    '[::]:4000',
  ])('refuses the host %j, which a page of another site may use', async (host) => {
    const { url } = site.service;
    expect(await statusOf({ url, path, method, headers: { host } })).toBe(403);
  });

  test('refuses pages of other sites', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect(await statusOf({ url: site.service.url, path, method, headers })).toBe(403);
  });
});

test('a development that other machines can reach has no such pages unless they are switched on', () => {
  const devPages = (more: Record<string, string>) => readConfig(more).devPages;
  for (const HOST of ['127.0.0.1', '127.0.0.2', 'localhost', '::1']) {
    expect(devPages({ HOST })).toBe(true);
    expect(devPages({ HOST, DAYPASS_DEV_PAGES: 'false' })).toBe(false);
  }
  for (const HOST of ['0.0.0.0', '::', '192.168.1.5', 'desk.example']) {
    expect(devPages({ HOST })).toBe(false);
    expect(devPages({ HOST, DAYPASS_DEV_PAGES: 'true' })).toBe(true);
    expect(devPages({ HOST, DAYPASS_DEV_PAGES: 'true', NODE_ENV: 'production' })).toBe(false);
  }
});

test('if they are off, the sign-in offers no demo users, and none of the pages exists', async () => {
  const { databaseUrl } = site.service;
  const closed = await startReplica(databaseUrl, { ...development, DAYPASS_DEV_PAGES: 'false' });
  for (const [path, method] of pages) {
    expect(await statusOf({ url: closed.url, path, method, headers: {} })).toBe(404);
  }
  expect(await (await fetch(closed.url)).text()).toContain(
    'name="daypass-sign-in" content="bearer"',
  );
  await closed.stop();
});

describe('the banner', () => {
  beforeAll(async () => {
    const desk = await site.openDesk();
    await desk.sql(`update accounts set slug = 'sandbox' where id = $1`);
  });

  const print = async (environment: Record<string, string>) =>
    banner({
      url: 'http://0.0.0.0:4000',
      database: { url: '', remark: null, isFailing: () => false, close: async () => {} },
      source: site.source,
      secrets: await loadSecrets(site.source),
      clock: { nowMs: () => Date.now() } as DatabaseClock,
      explorer: true,
      inbox: true,
      config: readConfig(environment),
    });

  test('prints bearer tokens if only this machine can reach the service', async () => {
    const text = await print({});
    expect(text).toMatch(/^ {2}eyJ/m);
    expect(text).toContain('/dev/inbox');
    expect(text).not.toContain('WARNING');
  });

  test('warns if other machines can reach it, and then prints no bearer tokens', async () => {
    const text = await print({ HOST: '0.0.0.0' });
    expect(text).toContain('WARNING  Other machines can reach this development service');
    expect(text).toContain('DAYPASS_DEV_PAGES=true');
    expect(text).not.toContain('eyJ');
    expect(text).not.toContain('/dev/inbox\n');
  });

  test('warns, and prints them, if they are switched on', async () => {
    const text = await print({ HOST: '0.0.0.0', DAYPASS_DEV_PAGES: 'true' });
    expect(text).toContain('anyone who reaches it can sign in as any demo user');
    expect(text).toMatch(/^ {2}eyJ/m);
  });
});
