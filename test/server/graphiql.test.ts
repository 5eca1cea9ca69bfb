import { parse, validate } from 'graphql';
import { exampleTabs } from '../../src/server/pages/graphiql-examples';
import { buildApiSchema } from '../../src/server/operation/schema';
import { faultOf } from '../support/faults/fault';
import { startTestService, type TestService } from '../support/desk/service';

describe('with introspection', () => {
  let service: TestService;
  beforeAll(async () => (service = await startTestService({ DAYPASS_INTROSPECTION: 'true' })));
  afterAll(() => service.stop());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${service.url}${path}`, { headers });

  test('the page loads all its files from here, and nothing from elsewhere', async () => {
    const page = await get('/graphiql');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await page.text();
    expect(html).not.toMatch(/https?:|\/\//);
    // Relative, so that they are found below a path as well.
    const named = [...html.matchAll(/(?:src|href)="(graphiql\/[^"]+)"/g)].map(
      ([, path]) => `/${path}`,
    );
    expect(await (await get('/graphiql/start.js')).text()).not.toMatch(/['"`]\/graph/);
    const workers = ['json', 'graphql', 'editor'].map((name) => `/graphiql/${name}.worker.js`);
    expect(named).toHaveLength(4);
    for (const path of [...named, ...workers]) {
      const file = await get(path);
      expect({ path, status: file.status }).toEqual({ path, status: 200 });
      expect(file.headers.get('content-encoding')).toBe('gzip');
      expect((await file.text()).length).toBeGreaterThan(1_000);
    }
  });

  test('its policy allows files from here only, and no script in the page’s text', async () => {
    const page = await get('/graphiql');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`default-src 'none'; script-src 'self';`);
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/);
    expect(await page.text()).not.toMatch(/<script(?![^>]* src=)/);
  });

  test('a file is sent uncompressed to clients that cannot unpack it, and not again if they have it', async () => {
    const plain = await get('/graphiql/start.js', { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toContain('renderYogaGraphiQL');
    const etag = plain.headers.get('etag') ?? '';
    const again = await get('/graphiql/start.js', { 'if-none-match': etag });
    expect(again.status).toBe(304);
  });

  test.each(['package.json', 'constructor', '..%2f..%2fpackage.json'])(
    'there is no file %p',
    async (name) => {
      expect(await faultOf(await get(`/graphiql/${name}`))).toMatchObject({ code: 'NOT_FOUND' });
    },
  );
});

test('without introspection there is no explorer', async () => {
  const service = await startTestService({ DAYPASS_INTROSPECTION: 'false' });
  for (const path of ['/graphiql', '/graphiql/graphiql.js']) {
    const fault = await faultOf(await fetch(`${service.url}${path}`));
    expect(fault).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  }
  await service.stop();
});

test.each(exampleTabs.map(({ query }) => query))('an example fits the schema: %s', (query) => {
  expect(validate(buildApiSchema(), parse(query))).toEqual([]);
});
