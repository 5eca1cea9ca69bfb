import { createClient } from 'graphql-ws';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import WebSocket from 'ws';
import { createTestFolder } from '../support/folder';
import { bounded, eventually, hangMs } from '../support/patience';
import { startProgram, type RunningProgram } from '../support/process';
import { root } from '../support/sources';

jest.setTimeout(3 * hangMs);

const url = 'http://127.0.0.1:4471';
const folder = createTestFolder();
const clone = path.join(folder.path, 'clone');
const at = (file: string) => path.join(clone, file);
let dev: RunningProgram;

beforeAll(async () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  for (const file of files.split('\0').filter(Boolean)) {
    mkdirSync(path.dirname(at(file)), { recursive: true });
    cpSync(path.join(root, file), at(file));
  }
  symlinkSync(path.join(root, 'node_modules'), at('node_modules'));
  dev = startProgram(process.execPath, [at('scripts/dev.mjs')], { PORT: '4471' });
  await dev.says(/Daypass is at http/);
});

afterAll(async () => {
  // It ends the service and Vite, too.
  dev.child.kill();
  await dev.ended;
  folder.remove();
});

test('the page, HTTP and WebSocket are at one address', async () => {
  const page = await fetch(url, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain('/@vite/client');
  expect(await schema()).toContain('type Mutation');
  const client = createClient({
    url: url.replace('http', 'ws') + '/graphql',
    webSocketImpl: WebSocket,
  });
  const code = await new Promise((resolve) => {
    // Without a credential the service itself closes the socket, with a code of its own.
    client.on('closed', (event) => resolve((event as { code: number }).code));
    client.subscribe({ query: '{ __typename }' }, { next() {}, error() {}, complete() {} });
  });
  expect(code).toBe(4403);
});

test.each([
  ['/admin/agents', 'text/html', 200],
  ['/no-such-address', 'text/html', 404],
  ['/no-such-address', 'application/json', 404],
])(
  '%s is answered to a reader of %s with %d, as by the built service',
  async (to, accept, status) => {
    const response = await fetch(url + to, { headers: { accept } });
    expect(response.status).toBe(status);
    const isPage = accept === 'text/html';
    expect((await response.text()).includes('/@vite/client')).toBe(isPage);
  },
);

test('a changed source restarts the service, and the schema is printed again', async () => {
  const source = at('src/accounts/account.type.ts');
  const words = 'A sentence that only this test writes.';
  const text = readFileSync(source, 'utf8');
  writeFileSync(
    source,
    text.replace(/description:\s*\n?\s*'/, (found) => `${found}${words} `),
  );
  await eventually(async () => expect(await schema()).toContain(words));
  await eventually(async () =>
    expect(readFileSync(at('schema/schema.graphql'), 'utf8')).toContain(words),
  );
});

test('a source that cannot run is reported, and the next change starts the service again', async () => {
  const source = at('src/main.ts');
  const text = readFileSync(source, 'utf8');
  writeFileSync(source, `import './not-there';\n${text}`);
  await bounded(dev.says(/The service has ended/), 'the end of a service that cannot run');
  writeFileSync(source, text);
  await eventually(async () => expect(await schema()).toContain('type Mutation'));
});

test('one interrupt ends everything', async () => {
  dev.child.kill('SIGINT');
  expect(await dev.ended).toEqual({ code: 0, signal: null });
  await expect(fetch(url)).rejects.toThrow();
});

async function schema(): Promise<string> {
  return (await fetch(`${url}/schema.graphql`)).text();
}
