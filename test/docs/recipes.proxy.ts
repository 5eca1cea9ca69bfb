import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { codeBlocksOf } from '../support/guide';
import { requireProxy, startProxy, type ProxyName } from '../support/browser/proxy-program';
import { startReplica } from '../support/desk/replica';
import type { ReverseProxy } from '../support/browser/reverse-proxy';
import type { TestService } from '../support/desk/service';
import { promises } from '../support/browser/through-proxy';

/*
 * The recipes of docs/deploy.md as they stand: only the addresses are the test's own. Each serves a
 * service that believes its proxy and has no PUBLIC_URL, so that every header of the recipe counts.
 */

let site: TestSite;
let desk: Desk;
let trusting: TestService;

beforeAll(async () => {
  site = await openTestSite();
  desk = await site.openDesk();
  trusting = await startReplica(site.service.databaseUrl, {
    DAYPASS_TRUSTED_PROXIES: '127.0.0.1',
  });
});

afterAll(async () => {
  await trusting.stop();
  await site.close();
});

const recipes: [heading: string, name: ProxyName, path: string][] = [
  ['nginx, at the root', 'nginx', ''],
  ['nginx, at a sub-path', 'nginx', '/daypass'],
  ['Caddy, at the root', 'caddy', ''],
  ['Caddy, at a sub-path', 'caddy', '/daypass'],
];

describe.each(recipes)('%s', (heading, name, path) => {
  let proxy: ReverseProxy;
  beforeAll(async () => {
    requireProxy(name);
    const recipe = codeBlocksOf('docs/deploy.md').find((block) => block.heading === heading)!;
    expect(recipe.language).toBe(name);
    proxy = await startProxy(name, recipe.text, trusting.url);
  });
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `beforeAll` may have failed.
  afterAll(() => proxy?.close());

  test.each(Object.keys(promises))('lets through: %s', (promise) =>
    promises[promise]!(desk, { url: `${proxy.url}${path}` }),
  );

  test('lets no client choose the reported address', async () => {
    const page = await fetch(`${proxy.url}${path}/`, {
      headers: { 'x-forwarded-prefix': '/elsewhere', 'x-forwarded-host': 'elsewhere.example' },
    });
    expect(await page.text()).toContain(`<base href="${path}/"`);
    const answer = await fetch(`${proxy.url}${path}/graphql`, {
      method: 'POST',
      headers: {
        origin: 'http://elsewhere.example',
        'x-forwarded-host': 'elsewhere.example',
        'content-type': 'application/json',
        authorization: `Bearer ${desk.admin.bearer}`,
      },
      body: '{"query":"{ account { slug } }"}',
    });
    expect(answer.status).toBe(403);
  });

  if (path) {
    test('leads from the path without its slash to the one with it', async () => {
      const answer = await fetch(`${proxy.url}${path}`, { redirect: 'manual' });
      expect(answer.status).toBe(308);
      expect(answer.headers.get('location')).toBe(`${path}/`);
    });
  }
});

describe.each<[heading: string, name: ProxyName]>([
  ['nginx, two processes', 'nginx'],
  ['Caddy, two processes', 'caddy'],
])('%s', (heading, name) => {
  let second: TestService;
  let proxy: ReverseProxy;
  beforeAll(async () => {
    requireProxy(name);
    second = await startReplica(site.service.databaseUrl, { DAYPASS_TRUSTED_PROXIES: '127.0.0.1' });
    const recipe = codeBlocksOf('docs/deploy.md').find((block) => block.heading === heading)!;
    expect(recipe.language).toBe(name);
    proxy = await startProxy(name, recipe.text, trusting.url, second.url);
  });
  afterAll(async () => {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `beforeAll` may have failed.
    await proxy?.close();
    await second.stop();
  });

  test.each(Object.keys(promises))('lets through: %s', (promise) =>
    promises[promise]!(desk, { url: proxy.url }),
  );

  test('sends an account to one process, and accounts to both', async () => {
    const answers = async ({ url }: TestService) => {
      const text = await (await fetch(`${url}/metrics`)).text();
      const samples = text.matchAll(/^daypass_requests_total\{.*\} (\d+)$/gm);
      return [...samples].reduce((sum, [, count]) => sum + Number(count), 0);
    };
    const moved = async (accounts: readonly string[]) => {
      const before = [await answers(trusting), await answers(second)];
      for (const account of accounts) {
        const answer = await fetch(`${proxy.url}/graphql/${account}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${desk.admin.bearer}`,
          },
          body: '{"query":"{ account { slug } }"}',
        });
        expect(answer.status).toBe(200);
      }
      const after = [await answers(trusting), await answers(second)];
      return after.map((count, at) => count - before[at]!).sort((one, other) => one - other);
    };
    expect(await moved(Array.from({ length: 20 }, () => desk.slug))).toEqual([0, 20]);
    const [fewer] = await moved(Array.from({ length: 40 }, (_, at) => `account-${at}`));
    expect(fewer).toBeGreaterThan(0);
  });
});
