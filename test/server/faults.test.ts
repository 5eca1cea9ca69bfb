import { PassThrough } from 'node:stream';
import { createLog } from '../../src/core/log';
import { TheAccountDocument } from '../generated/operations';
import { addAccounts, contactBearer } from '../support/desk/bearer';
import { onTestServer } from '../support/desk/database';
import { openSocket, type DoorAnswer } from '../support/desk/doors';
import { faultOf } from '../support/faults/fault';
import { eventually } from '../support/patience';
import { startTestService, type TestService } from '../support/desk/service';

let service: TestService;
let bearer: string;
let logged: string;

beforeEach(async () => {
  logged = '';
  const lines = new PassThrough().on('data', (line) => (logged += String(line)));
  service = await startTestService({}, createLog({ logLevel: 'error' }, lines));
  await addAccounts(service.databaseUrl, ['sandbox']);
  bearer = await contactBearer(service.databaseUrl);
});

afterEach(() => service.stop());

const databaseName = () => new URL(service.databaseUrl).pathname.slice(1);
const ask = () =>
  fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${bearer}`,
      'x-request-id': 'asked-in-vain',
    },
    body: JSON.stringify({ query: '{ account { id } }' }),
  });

const overSocket = async () => {
  const socket = await openSocket(service.url, bearer);
  socket.send({ id: '1', type: 'subscribe', payload: { query: '{ account { id } }' } });
  const { payload } = await socket.next();
  await socket.close();
  return (payload as DoorAnswer).errors?.[0]?.extensions?.code;
};

const health = async (path: string) => {
  const response = await fetch(`${service.url}${path}`);
  return { status: response.status, body: await response.json() };
};

const parts = (failed: string[]) => {
  const word = (part: string) => (failed.includes(part) ? 'failed' : 'ok');
  return {
    status: failed.length ? 'failed' : 'ok',
    checks: {
      database: word('database'),
      migrations: word('migrations'),
      listener: word('listener'),
      tzdata: expect.stringMatching(/^20\d\d[a-z]$/),
    },
  };
};

test('a healthy service reports each part as healthy', async () => {
  expect(await health('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
  await becomesReady();
});

test('an internal error is masked, and logged with its cause and the request’s id', async () => {
  await onTestServer('alter table accounts rename to elsewhere', databaseName());
  const fault = await faultOf(await ask());
  expect(fault).toEqual({
    status: 200,
    code: 'INTERNAL_SERVER_ERROR',
    message:
      'Something went wrong in the service. Try again; if it happens again, report the request id.',
  });
  expect(JSON.parse(logged)).toMatchObject({
    level: 50,
    requestId: 'asked-in-vain',
    err: { message: 'relation "accounts" does not exist' },
    path: ['account'],
  });
  expect(logged).not.toContain(bearer);
});

test('a migration that is missing is named', async () => {
  await onTestServer('delete from migrations', databaseName());
  expect(await health('/readyz')).toEqual({ status: 503, body: parts(['migrations']) });
});

test('a database that went away is named, and the service lives on and recovers', async () => {
  await closeDatabase();
  const body = parts(['database', 'migrations', 'listener']);
  expect(await health('/readyz')).toEqual({ status: 503, body });
  expect((await health('/healthz')).status).toBe(200);
  const away = await ask();
  expect(away.headers.get('retry-after')).toBe('1');
  expect(await faultOf(away)).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
  expect(await overSocket()).toBe('SERVICE_UNAVAILABLE');

  await onTestServer(`alter database ${databaseName()} allow_connections true`);
  await becomesReady();
  const answer = await service.request(TheAccountDocument, { token: bearer });
  expect(answer.data?.account.slug).toBe('sandbox');
});

/** The listener reconnects automatically, after a pause that grows; a part that is slow has failed. */
async function becomesReady(): Promise<void> {
  await eventually(async () => {
    expect(await health('/readyz')).toEqual({ status: 200, body: parts([]) });
  });
}

async function closeDatabase(): Promise<void> {
  await onTestServer(`alter database ${databaseName()} allow_connections false`);
  await onTestServer(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${databaseName()}'`,
  );
}
