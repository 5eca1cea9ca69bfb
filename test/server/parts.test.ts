import path from 'node:path';
import { createLog } from '../../src/core/log';
import { createDataSource } from '../../src/db/data-source';
import { createJobPool } from '../../src/db/jobs';
import { NotifyHints } from '../../src/db/hints';
import { partOf } from '../../src/server/supervise-process';
import { eventually, openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { openSocket } from '../support/desk/doors';
import { invite, retryNow } from '../support/desk/invitations';
import { startMailServer, type MailServer } from '../support/desk/mail-server';
import { startProgram, type RunningProgram } from '../support/process';
import { root } from '../support/sources';

let mails: MailServer;
let site: TestSite;
let desk: Desk;
let program: RunningProgram;
let url: string;

/** The built service, which throws inside its libraries on command. */
function start(): RunningProgram {
  return startProgram(
    process.execPath,
    ['--require', path.join(root, 'test/support/faults/throw-inside.cjs'), 'dist/src/main.js'],
    {
      ...{ PORT: '0', HOST: '127.0.0.1', DAYPASS_DEMO: 'false', LOG_LEVEL: 'info' },
      ...{ DATABASE_URL: site.service.databaseUrl, SMTP_URL: mails.url, MAIL_FROM: 'd@m.example' },
    },
  );
}

beforeAll(async () => {
  mails = await startMailServer();
  site = await openTestSite();
  desk = await site.openDesk();
  program = start();
  url = (await program.says(/Daypass is at (http:\S+)/))[1]!;
});

afterAll(async () => {
  program.child.kill('SIGKILL');
  await program.ended;
  await site.close();
  await mails.stop();
});

/** Makes a place inside a library throw; resolves when it will, or has. */
async function arm(place: string): Promise<void> {
  program.child.stdin!.write(`${place}\n`);
  await program.says(new RegExp(`armed ${place}\n`));
}

async function failuresOf(part: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(
    new RegExp(`^daypass_part_failures_total\\{part="${part}"\\} (\\d+)$`, 'm').exec(text)?.[1],
  );
}

/** The part's failure is counted and logged, and the process lives. */
async function expectCounted(part: string, before: number): Promise<void> {
  await eventually(async () => expect(await failuresOf(part)).toBeGreaterThan(before));
  expect(program.errors()).toContain(`"part":"${part}"`);
  expect(program.child.exitCode).toBeNull();
}

const asks = async () => {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${desk.admin.bearer}` },
    body: JSON.stringify({ query: '{ account { slug } }' }),
  });
  return await answer.json();
};
const served = { data: { account: { slug: expect.any(String) } } };

const mailArrives = async (name: string) => {
  const email = `${name}@new.example`;
  await invite(desk, { email });
  await mails.mailTo(email);
};

const parts: [
  place: string,
  part: string,
  meet: () => Promise<unknown>,
  heals: () => Promise<unknown>,
][] = [
  ['jobs', 'jobs', async () => {}, () => mailArrives('after-jobs')],
  // The very mail is sent again.
  [
    'mail',
    'mail',
    () => invite(desk, { email: 'broken@new.example' }),
    () => Promise.all([retryNow(desk), mails.mailTo('broken@new.example')]),
  ],
  [
    'database',
    'database',
    asks,
    () => eventually(async () => expect(await asks()).toMatchObject(served)),
  ],
  [
    'websocket',
    'websocket',
    () => openSocket(url, desk.admin.bearer).catch(() => {}),
    async () => (await openSocket(url, desk.admin.bearer)).close(),
  ],
  ['http', 'http', async () => {}, async () => expect(await asks()).toMatchObject(served)],
  ['socket', 'other', async () => {}, async () => expect(await asks()).toMatchObject(served)],
  ['rejection', 'other', async () => {}, async () => expect(await asks()).toMatchObject(served)],
];

test.each(parts)(
  'an exception inside %s is counted, logged and recovered from, and the process continues',
  async (place, part, meet, heals) => {
    const before = await failuresOf(part);
    await arm(place);
    // What it was thrown at may wait for the answer that does not come.
    const met = meet();
    await expectCounted(part, before);
    await heals();
    void met.catch(() => {});
  },
);

test('console output of a library is logged, without values', async () => {
  await arm('console');
  await eventually(async () =>
    expect(program.errors().match(/a library wrote to the console/g)).toHaveLength(2),
  );
  expect(program.errors()).not.toContain('Secret-Of-Ada');
});

test('an exception of our own drains the process in order, which then ends with 1', async () => {
  program.child.stdin!.write('ours\n');
  expect(await program.ended).toEqual({ code: 1, signal: null });
  expect(program.errors()).toContain('"cause":"an exception was not caught"');
  // Nothing that broke before delays it.
  expect(program.errors()).not.toContain('shutting down took too long');
});

test('a log without a reader ends nothing', async () => {
  const deaf = start();
  const [, at = ''] = await deaf.says(/Daypass is at (http:\S+)/);
  deaf.child.stderr!.destroy();
  deaf.child.stdin!.write('rejection\n');
  await eventually(async () =>
    expect(await (await fetch(`${at}/metrics`)).text()).toContain(
      'daypass_part_failures_total{part="other"} 1',
    ),
  );
  deaf.child.kill('SIGTERM');
  expect(await deaf.ended).toEqual({ code: 0, signal: null });
});

test('a client of the jobs that is returned twice is released once', async () => {
  const log = createLog({ logLevel: 'silent' });
  const pool = createJobPool(site.service.databaseUrl, log);
  const byCallback = new Promise<void>((resolve, reject) => {
    pool.connect((error, _client, release) => {
      if (error) return reject(error);
      release!();
      release!();
      resolve();
    });
  });
  await byCallback;
  const client = await pool.connect();
  const { release } = client;
  client.release();
  const next = await pool.connect();
  // The earlier one returns the client that the next one has.
  release();
  expect(pool.idleCount).toBe(0);
  expect((await next.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  next.release();
  expect(pool.idleCount).toBe(1);
  await pool.query('select 1');
  await pool.endWithin(1_000);
});

test('a pool whose client is never returned ends even so', async () => {
  const pool = createJobPool(site.service.databaseUrl, createLog({ logLevel: 'silent' }));
  await pool.connect();
  await pool.endWithin(10);
});

test('an idle connection that breaks is reported by its pool, and replaced', async () => {
  const failed: unknown[] = [];
  const { databaseUrl } = site.service;
  const source = createDataSource(databaseUrl, 1, undefined, (error) => failed.push(error));
  await source.initialize();
  const [{ pid }] = await source.query('select pg_backend_pid() as pid');
  await site.source.query('select pg_terminate_backend($1)', [pid]);
  await eventually(async () => expect(failed).toHaveLength(1));
  const [next] = await source.query('select pg_backend_pid() as pid');
  expect(next.pid).not.toBe(pid);
  await source.destroy();
});

test('an exception of one listener of hints does not affect the others', async () => {
  const failed: unknown[] = [];
  const log = createLog({ logLevel: 'silent' });
  const { databaseUrl } = site.service;
  const hints = new NotifyHints(site.source, databaseUrl, log, (error) => failed.push(error));
  const heard: string[] = [];
  const thrower = () => {
    throw new Error('a hearer threw');
  };
  hints.listen(thrower, thrower);
  hints.listen(
    ({ accountId }) => heard.push(accountId),
    () => heard.push('doubt'),
  );
  await hints.start();
  expect(hints.isListening()).toBe(true);
  hints.send({ accountId: desk.accountId, sequence: 1 });
  expect(heard).toEqual(['doubt', desk.accountId]);
  expect(failed).toHaveLength(2);
  hints.restart();
  await eventually(async () => expect(hints.isListening()).toBe(true));
  await hints.stop();
});

test.each([
  [
    '/app/node_modules/pg-pool/index.js:45:11)\n    at x (/app/node_modules/graphile-worker/dist/main.js:3:9)',
    'jobs',
  ],
  ['C:\\app\\node_modules\\nodemailer\\dist\\cjs\\nodemailer.js:3:9)', 'mail'],
  ['/app/node_modules/ws/lib/receiver.js:3:9)', 'websocket'],
  ['/app/node_modules/pg/lib/client.js:3:9)', 'database'],
  ['/app/node_modules/pgx/lib/client.js:3:9)', null],
  ['/app/dist/src/main.js:3:9)', null],
])('an error belongs to the part whose library threw it: %s', (frame, part) => {
  const error = new Error('x');
  error.stack = `Error: x\n    at f (${frame}`;
  expect(partOf(error)).toBe(part);
});
