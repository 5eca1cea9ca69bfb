import { requireFresh } from '../support/built';
import { startTestService, type TestService } from '../support/desk/service';

let service: TestService;

beforeAll(async () => {
  requireFresh('gate', 'pages');
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
