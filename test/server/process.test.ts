import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { migrations } from '../../migrations';
import { testEnvironment } from '../support/desk/environment';
import { readConfig } from '../../src/core/config';
import { startService } from '../../src/service';
import { copyCluster } from '../support/cluster';
import { createTestFolder } from '../support/folder';
import { startProgram, type RunningProgram } from '../support/process';
import { embeddedPortOf } from '../support/embedded-server';
import { runVerb } from '../support/verb';
import { longTest } from '../support/size';

const listening = /Daypass is at (http:\S+)/;
const accountQuery = JSON.stringify({ query: '{ account { slug } }' });

let folder: ReturnType<typeof createTestFolder>;
let programs: RunningProgram[];

beforeEach(() => {
  folder = createTestFolder();
  programs = [];
});

afterEach(async () => {
  for (const { child, ended } of programs) {
    child.kill();
    await ended;
  }
  folder.remove();
});

function start(
  environment: Record<string, string> = {},
  command = [process.execPath, 'dist/src/main.js'],
) {
  const [program = '', ...args] = command;
  const settings = { PORT: '0', DAYPASS_DATA_DIR: folder.path, LOG_LEVEL: 'info', ...environment };
  const running = startProgram(program, args, settings);
  programs.push(running);
  return running;
}

const postgresRuns = async () =>
  (await embeddedPortOf(path.join(folder.path, 'postgres'))) !== null;

async function ask(url: string, bearer: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: accountQuery,
  });
  return { status: response.status, body: await response.json() };
}

const sandbox = {
  status: 200,
  body: { data: { account: { slug: 'sandbox' } }, extensions: { cost: expect.anything() } },
};

test('one command makes a database, answers with the bearer it printed, and drains', async () => {
  const service = start();
  const [, url = ''] = await service.says(listening);
  const [, bearer = ''] = await service.says(/\n +(eyJ\S+)\n/);
  expect(await ask(url, bearer)).toMatchObject(sandbox);
  expect(await postgresRuns()).toBe(true);

  const env = { DAYPASS_DATA_DIR: folder.path };
  const who = ['--account', 'sandbox', '--email', 'visitor@sandbox.example', '--contact'];
  const plain = await runVerb(['token', ...who], env);
  expect(await ask(url, plain.output.trimEnd())).toMatchObject(sandbox);
  const asJson = await runVerb(['token', ...who, '--json'], env);
  expect(Object.keys(JSON.parse(asJson.output))).toEqual(['token']);
  expect(await ask(url, JSON.parse(asJson.output).token)).toMatchObject(sandbox);
  const nobody = await runVerb(['token', '--account', 'nobody', '--email', 'a@b.example'], env);
  expect(nobody).toEqual({
    code: 1,
    output: '',
    errors: 'There is no account with the slug nobody.\n',
  });
  expect(await runVerb(['migrate'], env)).toMatchObject({ code: 0, output: 'Nothing to do.\n' });
  expect(JSON.parse((await runVerb(['migrate', '--json'], env)).output)).toEqual({ ran: [] });

  // The verbs used the server that runs, and left it running.
  expect(await ask(url, bearer)).toMatchObject(sandbox);
  expect(service.errors()).toMatch(/^{/);
  expect(service.errors()).not.toMatch(/job runner/);

  service.child.kill('SIGTERM');
  expect(await service.ended).toEqual({ code: 0, signal: null });
  expect(await postgresRuns()).toBe(false);
});

longTest('a service that npm started drains when npm gets the SIGTERM', async () => {
  await copyCluster(folder.path);
  const service = start({ DAYPASS_DEMO: 'false' }, ['npm', 'start']);
  const [, url = ''] = await service.says(listening);
  expect(await postgresRuns()).toBe(true);
  service.child.kill('SIGTERM');
  // The pipe that npm handed on stays open until the service itself is gone.
  await service.ended;
  expect(service.errors()).toMatch(/"cause":"npm has ended"/);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
  expect(await postgresRuns()).toBe(false);
});

longTest(
  'migrate on an empty folder reports what it ran, and leaves no server behind',
  async () => {
    const env = { DAYPASS_DATA_DIR: folder.path };
    const { output } = await runVerb(['migrate', '--json'], env);
    expect(JSON.parse(output)).toEqual({ ran: migrations.map(({ name }) => name) });
    expect(await postgresRuns()).toBe(false);
  },
);

longTest('a start that fails says why and leaves no server behind', async () => {
  await copyCluster(folder.path);
  const other = createServer().listen(0, '127.0.0.1').unref();
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const settings = { PORT: String(port), DAYPASS_DATA_DIR: folder.path };
  await expect(startService(readConfig(testEnvironment(settings)))).rejects.toThrow(
    `EADDRINUSE: address already in use 127.0.0.1:${port}`,
  );
  expect(await postgresRuns()).toBe(false);
  other.close();
});

test('a malformed variable is named before anything is started', async () => {
  const service = start({ PORT: 'http' });
  expect(await service.ended).toEqual({ code: 1, signal: null });
  expect(service.errors()).toMatch(/^The environment variables are not valid\.\n {2}PORT: /);
});
