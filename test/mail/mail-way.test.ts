import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { Client, Pool } from 'pg';
import { unlockDeadWorkers } from '../../src/db/jobs';
import { migrate } from '../../src/db/migrate';
import { createEmptyDatabase, onTestServer } from '../support/desk/database';
import { eventually, openTestSite, type TestSite } from '../support/desk/desk';
import { invite, jobsOf, linkToken, retryNow } from '../support/desk/invitations';
import { startMailServer } from '../support/desk/mail-server';
import { startReplica } from '../support/desk/replica';
import { longTest } from '../support/size';

const development = {
  NODE_ENV: 'development',
  DAYPASS_DEMO: 'false',
};
const smtp = { MAIL_FROM: 'desk@msp.example', PUBLIC_URL: 'https://desk.msp.example' };

/** In production, without SMTP: its mails wait until another process sends them. */
let site: TestSite;
/** What it logged from `warn` on. */
const said: string[] = [];

beforeAll(async () => {
  const lines = new Writable({ write: (line, _, next) => (said.push(String(line)), next()) });
  site = await openTestSite({}, pino({ level: 'warn' }, lines));
});
afterAll(() => site.close());

/** The tests start further processes; what they print is not for the run's output. */
beforeEach(() => jest.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

interface InboxMail {
  text: string;
}

const inboxOf = async ({ url }: { url: string }) => {
  const page = await fetch(`${url}/dev/inbox`);
  const response = await fetch(`${url}/dev/mails`);
  const { mails = [] } = (await response.json()) as { mails?: InboxMail[] };
  return { statuses: [page.status, response.status], texts: mails.map(({ text }) => text) };
};

test('a development without SMTP has an inbox, which every replica shows', async () => {
  const { databaseUrl } = site.service;
  const [here, there] = [
    await startReplica(databaseUrl, development),
    await startReplica(databaseUrl, development),
  ];
  const desk = await site.openDesk();
  expect(await inboxOf(there)).toEqual({ statuses: [200, 200], texts: [] });
  const agent = (await invite(desk, { name: '<script>alert(1)</script>' })).agent!;
  const token = (await linkToken(desk, agent))!;
  for (const service of [here, there]) {
    await eventually(async () =>
      expect((await inboxOf(service)).texts.join()).toContain(`#${token}`),
    );
  }
  const { texts } = await inboxOf(there);
  expect(texts.join()).toMatch(/http:\/\/127\.0\.0\.1:\d+\/activate#[\w-]{86}\b/);
  await Promise.all([here.stop(), there.stop()]);
});

test('production without SMTP warns at its start, has no inbox, and mails wait until it has SMTP', async () => {
  expect(said.join()).toContain('SMTP_URL is not set: this process sends no mails');
  expect((await inboxOf(site.service)).statuses).toEqual([404, 404]);
  const desk = await site.openDesk();
  await invite(desk, { email: 'patient@new.example' });
  const mails = await startMailServer();
  const sends = await startReplica(site.service.databaseUrl, { SMTP_URL: mails.url, ...smtp });
  await mails.mailTo('patient@new.example');
  await eventually(async () => expect(await jobsOf(desk)).toEqual([]));
  await sends.stop();
  await mails.stop();
});

test('a mail that hangs while its process drains is sent by the next', async () => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const reached = once(silent, 'connection');
  const { databaseUrl } = site.service;
  const hangs = await startReplica(databaseUrl, {
    SMTP_URL: `smtp://127.0.0.1:${port}?greetingTimeout=1000`,
    ...smtp,
  });
  const desk = await site.openDesk();
  await invite(desk, { email: 'hung@new.example' });
  const [socket] = (await reached) as [Socket];
  await hangs.stop();
  await retryNow(desk);
  const mails = await startMailServer();
  const next = await startReplica(databaseUrl, { SMTP_URL: mails.url, ...smtp });
  await mails.mailTo('hung@new.example');
  await next.stop();
  socket.destroy();
  silent.close();
  await mails.stop();
});

longTest('mails continue after every connection of the jobs was cut, again and again', async () => {
  const mails = await startMailServer();
  const sends = await startReplica(site.service.databaseUrl, { SMTP_URL: mails.url, ...smtp });
  const desk = await site.openDesk();
  const cut = () =>
    site.source.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity
       where application_name = 'daypass jobs' and datname = current_database()`,
    );
  for (let round = 0; round < 3; round += 1) {
    await cut();
    await invite(desk, { email: `cut-${round}@new.example` });
    await mails.mailTo(`cut-${round}@new.example`);
    // A job whose end is cut off is nobody's for minutes: that is another test.
    await eventually(async () => expect(await jobsOf(desk)).toEqual([]));
  }
  await sends.stop();
  await mails.stop();
});

test('mails continue after the first connection of the jobs broke', async () => {
  const mails = await startMailServer();
  // Of its own: no other process's connection of jobs waits for the lock.
  const alone = await openTestSite();
  const desk = await alone.openDesk();
  const blocker = new Client({ connectionString: alone.service.databaseUrl });
  await blocker.connect();
  await blocker.query('begin');
  await blocker.query('lock table graphile_worker._private_tasks');
  const sends = await startReplica(alone.service.databaseUrl, { SMTP_URL: mails.url, ...smtp });
  await eventually(async () => {
    const broken = await alone.source.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity
       where application_name = 'daypass jobs' and datname = current_database()
         and wait_event_type = 'Lock'`,
    );
    expect(broken).not.toEqual([]);
  });
  await blocker.end();
  await invite(desk, { email: 'first@new.example' });
  await mails.mailTo('first@new.example');
  await sends.stop();
  await alone.close();
  await mails.stop();
});

test('another process gets the job of a killed process after minutes, not hours', async () => {
  const desk = await site.openDesk();
  await invite(desk, { email: 'orphan@new.example' });
  const lock = (worker: string, minutes: number) =>
    desk.sql(
      `update graphile_worker._private_jobs set locked_by = $2,
         locked_at = now() - $3 * interval '1 minute' where payload ->> 'accountId' = $1::text`,
      [worker, minutes],
    );
  const lockedBy = async () =>
    (
      await desk.sql<{ locked_by: string | null }>(
        `select locked_by from graphile_worker._private_jobs
         where payload ->> 'accountId' = $1::text`,
      )
    ).map(({ locked_by }) => locked_by);
  const pool = new Pool({ connectionString: site.service.databaseUrl });
  await eventually(async () => expect(await lockedBy()).toEqual([null]));
  await lock('alive', 4);
  await unlockDeadWorkers(pool);
  expect(await lockedBy()).toEqual(['alive']);
  await lock('dead', 6);
  await unlockDeadWorkers(pool);
  expect(await lockedBy()).toEqual([null]);
  await pool.end();
});

test('if a role may not create the jobs’ schema, the message names the missing right', async () => {
  const database = await createEmptyDatabase();
  const name = new URL(database.url).pathname.slice(1);
  await onTestServer(`revoke create on database ${name} from current_user`);
  await expect(migrate(database.url)).rejects.toThrow('Grant it CREATE on the database');
  await onTestServer(`grant create on database ${name} to current_user`);
  expect(await migrate(database.url)).toEqual([]);
  await database.drop();
});
