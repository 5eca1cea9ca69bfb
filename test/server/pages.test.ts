import { readdirSync, readFileSync } from 'node:fs';
import { helpFor } from '../../src/web/app/help-places';
import { requireFresh } from '../support/built';
import { startTestService, type TestService } from '../support/desk/service';

let service: TestService;

beforeAll(async () => {
  requireFresh('gate', 'pages', 'docs');
  service = await startTestService({ PUBLIC_URL: 'https://desk.msp.example/passes' });
});
afterAll(() => service.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${service.url}${path}`, { headers });

test('every address of the pages answers the one page, which no browser keeps', async () => {
  for (const path of ['/', '/sign-in', '/portal', '/portal/desk/tickets/1', '/admin/ledger?x=1']) {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
  }
});

test("the page's base is the address at which people reach the service", async () => {
  expect(await (await get('/')).text()).toContain('<base href="/passes/" />');
});

test('the policy allows only our own scripts, and styles with a nonce that is new each time', async () => {
  const nonces = new Set<string>();
  for (let time = 0; time < 3; time += 1) {
    const response = await get('/');
    const policy = response.headers.get('content-security-policy')!;
    const [, nonce = ''] = /style-src 'self' 'nonce-([^']+)'/.exec(policy) ?? [];
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toContain('unsafe');
    const page = await response.text();
    expect(page).toContain(`nonce="${nonce}"`);
    expect(page).not.toMatch(/\{\{|<style|<script(?![^>]*src=)/);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});

test('what the page names is kept for good, compressed, and what it does not name does not exist', async () => {
  const page = await (await get('/')).text();
  const names = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThanOrEqual(2);
  for (const name of names) {
    const response = await get(`/${name}`, { 'accept-encoding': 'gzip' });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const etag = response.headers.get('etag')!;
    expect((await get(`/${name}`, { 'if-none-match': etag })).status).toBe(304);
    await response.arrayBuffer();
  }
  for (const path of [
    '/assets/none.js',
    '/assets/..%2f..%2fembed%2fday-pass-gate.js',
    '/nowhere',
  ]) {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
  }
});

describe('the documentation', () => {
  const addressesIn = (html: string) =>
    [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address!);
  const idsIn = (html: string) => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!);

  test('every page is served without a sign-in, under a policy without exceptions', async () => {
    for (const path of ['/docs', '/docs/start', '/docs/deploy', '/docs/embed']) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      const policy = response.headers.get('content-security-policy')!;
      expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self';/);
      expect(policy).not.toContain('unsafe');
      const etag = response.headers.get('etag')!;
      expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
      // No script, style or comment of the Markdown is one of the page.
      expect(await response.text()).not.toMatch(/<!--|<style|<script(?![^>]*src=)|<day-pass-gate/);
    }
  });

  test('every link, picture and file of every page exists, also its anchor', async () => {
    const seen = new Map<string, string>();
    const wrong: string[] = [];
    const read = async (address: string): Promise<string> => {
      if (!seen.has(address)) {
        const response = await fetch(address);
        if (response.status !== 200) wrong.push(`${address}: ${response.status}`);
        seen.set(address, await response.text());
      }
      return seen.get(address)!;
    };
    const isOurs = ({ href }: URL) => /^[^?]*\/docs(\/[\w-]+)?(#.*)?$/.test(href);
    const queue = [new URL(`${service.url}/docs`)];
    const walked = new Set<string>();
    for (const page of queue) {
      const [address, anchor] = page.href.split('#');
      const html = await read(address!);
      if (anchor && !idsIn(html).includes(anchor)) wrong.push(page.href);
      if (walked.has(address!)) continue;
      walked.add(address!);
      for (const link of addressesIn(html).map((one) => new URL(one, page))) {
        if (link.origin !== page.origin) continue;
        if (isOurs(link)) queue.push(link);
        else await read(link.href);
      }
    }
    expect(wrong).toEqual([]);
    // Each guide of the repository is a page.
    const guides = readdirSync('docs').filter((name) => name.endsWith('.md'));
    const names = [...walked].map((address) => address.split('/').at(-1));
    expect(names).toEqual(expect.arrayContaining(guides.map((name) => name.replace(/\.md$/, ''))));
  });

  test('each page of dashboard and portal has a place in it', async () => {
    const routesOf = (file: string, base: string) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:<Route path="|lazyRoute\(')([^"'*]+)/g)].map(
        ([, path]) => `${base}/${path!.replace(/:\w+/g, '1')}`,
      );
    const routes = [
      '/admin',
      ...routesOf('src/web/dashboard/dashboard-pages.tsx', '/admin'),
      ...routesOf('src/web/portal/portal.tsx', '/portal'),
    ];
    expect(routes.length).toBeGreaterThan(14);
    const explorer = /href="(docs[^"]+)"/.exec(
      readFileSync('src/server/pages/graphiql.ts', 'utf8'),
    )![1]!;
    for (const place of [...routes.map(helpFor), explorer]) {
      const [address, anchor] = place.split('#');
      const response = await get(`/${address}`);
      expect({ place, status: response.status }).toEqual({ place, status: 200 });
      expect(idsIn(await response.text())).toContain(anchor);
    }
    expect(helpFor('/admin/nowhere')).toBe('docs');
  });

  test.each(['none', 'index', 'index.html', 'assets', '..%2fapp%2findex', 'assets/none.css'])(
    'there is no page %s: browsers see the page for that, programs get JSON',
    async (name) => {
      const answer = await get(`/docs/${name}`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({
        errors: [{ extensions: { code: 'NOT_FOUND' } }],
      });
      const page = await get(`/docs/${name}`, { accept: 'text/html' });
      expect(page.status).toBe(404);
      expect(await page.text()).toContain('<div id="root">');
    },
  );

  test('a slash at the end of its address leads to the list', async () => {
    expect((await get('/docs/')).url).toBe(`${service.url}/docs`);
  });
});
