import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/db/embedded/embedded-postgres';
import { boundLog } from '../../src/db/embedded/server-log';
import { requireFresh } from '../support/built';
import { copyCluster } from '../support/cluster';
import { createTestFolder } from '../support/folder';
import { eventually, hangMs } from '../support/patience';
import { embeddedPortOf } from '../support/embedded-server';
import { root } from '../support/sources';
import { longTest } from '../support/size';

const isRoot = process.getuid?.() === 0;
/** Most facts here do not depend on the disk; the one about durability starts without this. */
const fast = { fsync: 'off' };

let folder: ReturnType<typeof createTestFolder>;
let dataDir: string;
/** Whatever a test started, so that a failing one leaves nothing running. */
let servers: EmbeddedPostgres[];
let children: ChildProcess[];

beforeEach(() => {
  folder = createTestFolder();
  dataDir = folder.path;
  servers = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const server of servers) await server.stop();
  folder.remove();
});

describe('a first start', () => {
  test('gives a database of a role that is no superuser, on this machine only, as durable as PostgreSQL is unless it is set otherwise', async () => {
    const server = await start({});
    expect(server).toMatchObject({ adopted: false, directory: join(dataDir, 'postgres') });
    const rows = await query(
      server,
      `select current_user, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
         pg_get_userbyid(datdba) as owner,
         (select count(*)::int from pg_auth_members where member = pg_roles.oid) as memberships,
         current_setting('timezone') as zone, pg_encoding_to_char(encoding) as encoding
       from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
    );
    expect(rows).toEqual([
      {
        current_user: 'daypass',
        rolsuper: false,
        rolcreatedb: true,
        rolcreaterole: false,
        rolreplication: false,
        rolbypassrls: false,
        owner: 'daypass',
        memberships: 0,
        zone: 'UTC',
        encoding: 'UTF8',
      },
    ]);
    expect(await query(server, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await query(server, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
    expect(await query(server, 'show listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
    expect(existsSync(`/tmp/.s.PGSQL.${server.port}`)).toBe(false);
    const guess = server.urlOf('daypass').replace(/:[0-9a-f]+@/, ':guess@');
    await expect(connect(guess)).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(server.directory, 'cluster')).mode & 0o777).toBe(0o700);
    const secrets = join(server.directory, 'cluster', 'daypass.passwords.json');
    expect(statSync(secrets).mode & 0o777).toBe(0o600);
    await server.stop();
    expect(await query(await start(fast), 'show fsync')).toEqual([{ fsync: 'off' }]);
  });

  test('that fails shows the end of the server’s log', async () => {
    await expect(start({ max_connections: 'many' })).rejects.toThrow(
      /invalid value for parameter "max_connections": "many"/,
    );
  });

  longTest('killed during initdb is done again by the next', async () => {
    const child = startInChild();
    const home = join(dataDir, 'postgres');
    const unfinished = () =>
      existsSync(home) && readdirSync(home).find((name) => /^unfinished-[0-9a-f-]+$/.test(name));
    await until('initdb writes', () => Boolean(unfinished()));
    await kill(child);
    expect(existsSync(join(home, 'cluster'))).toBe(false);

    const server = await start();
    expect(server.adopted).toBe(false);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(unfinished()).toBeUndefined();
  });
});

describe('a later start', () => {
  beforeEach(() => copyCluster(dataDir));

  test('finds the data of the one before', async () => {
    const first = await start();
    await query(first, 'create table kept as select 42 as answer');
    await first.stop();
    expect(await embeddedPortOf(dataDir)).toBeNull();

    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second, 'table kept')).toEqual([{ answer: 42 }]);
  });

  test('adopts a server orphaned by kill -9, with its data', async () => {
    // The watchdog waits until the new owner is there.
    const child = startInChild({ orphanGraceMs: 3_600_000 });
    const orphan = await readyIn(child);
    await query(orphan, 'create table kept as select 42 as answer');
    await kill(child);

    const adopted = await start();
    expect(adopted).toMatchObject({ adopted: true, port: orphan.port });
    expect(await query(adopted, 'table kept')).toEqual([{ answer: 42 }]);
    await until('only the watchdog of the new owner is left', () => watchdogs().length === 1);
    await adopted.stop();
    expect(await embeddedPortOf(dataDir)).toBeNull();
  });

  test('is not stopped by a pid file whose pid another program has', async () => {
    const first = await start();
    const pidFile = join(first.directory, 'cluster', 'postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    await first.stop();
    const owner = statSync(first.directory);
    const stranger = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      cwd: '/',
      ...(isRoot && { uid: owner.uid, gid: owner.gid }),
    });
    children.push(stranger);
    writeFileSync(pidFile, [stranger.pid, ...lines.slice(1)].join('\n'));
    chownSync(pidFile, owner.uid, owner.gid);

    expect(await embeddedPortOf(dataDir)).toBeNull();
    expect(await start()).toMatchObject({ adopted: false });
    expect(stranger.exitCode).toBeNull();
  });

  longTest('is not stopped by the pid file and the lock of dead processes', async () => {
    const first = await start();
    const pidFile = join(first.directory, 'cluster', 'postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    await first.stop();
    const dead = spawn(process.execPath, ['-e', '0']);
    await ended(dead);
    writeFileSync(pidFile, [dead.pid, ...lines.slice(1)].join('\n'));
    chmodSync(pidFile, 0o644);
    writeFileSync(join(first.directory, 'start.lock'), `${dead.pid} 1 a-dead-lock`);

    expect(await start()).toMatchObject({ adopted: false });
  });

  test('refuses data of another major version, says what to do and does not change it', async () => {
    const first = await start();
    await first.stop();
    const versionFile = join(first.directory, 'cluster', 'PG_VERSION');
    writeFileSync(versionFile, '12\n');
    await expect(start()).rejects.toThrow(/PostgreSQL 12; .*DATABASE_URL.*move the folder away/s);
    expect(readFileSync(versionFile, 'utf8')).toBe('12\n');
  });
});

describe('several processes on one folder', () => {
  test('that start at once share one server, until the last one stops', async () => {
    const child = startInChild();
    const [mine, theirs] = await Promise.all([start(), readyIn(child)]);
    expect(mine.port).toBe(theirs.port);
    expect([mine.adopted, theirs.adopted].sort()).toEqual([false, true]);

    child.stdin?.end();
    expect(await ended(child)).toBe(0);
    expect(await query(mine, 'select 1 as one')).toEqual([{ one: 1 }]);
    await mine.stop();
    expect(await embeddedPortOf(dataDir)).toBeNull();
  });

  test('looking for a server creates nothing', async () => {
    const folder = join(dataDir, 'not-there');
    expect(await embeddedPortOf(folder)).toBeNull();
    expect(existsSync(folder)).toBe(false);
  });
});

describe('a process that is killed', () => {
  beforeEach(() => copyCluster(dataDir));

  const isGone = (pid: number) => {
    try {
      process.kill(pid, 0);
      return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return true;
    }
  };
  const postmasterOf = () =>
    Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);

  test('leaves no server and no watchdog behind', async () => {
    const child = startInChild({ orphanGraceMs: 0 });
    await readyIn(child);
    const postmaster = postmasterOf();
    expect(watchdogs()).toHaveLength(1);
    await kill(child);
    await until('the server has ended', () => isGone(postmaster));
    await until('the watchdog has ended', () => watchdogs().length === 0);
    // In order: nothing is to be recovered.
    expect(existsSync(join(dataDir, 'postgres/cluster/postmaster.pid'))).toBe(false);
    expect(await start()).toMatchObject({ adopted: false });
  });

  test('leaves the server to its other users', async () => {
    const child = startInChild({ orphanGraceMs: 0 });
    await readyIn(child);
    const mine = await start();
    expect(mine.adopted).toBe(true);
    await kill(child);
    await until('its watchdog has ended', () => watchdogs().length === 1);
    expect(await query(mine, 'select 1 as one')).toEqual([{ one: 1 }]);
    await mine.stop();
    await until('mine has ended', () => watchdogs().length === 0);
    expect(await embeddedPortOf(dataDir)).toBeNull();
  });

  longTest('during a start leaves none either', async () => {
    const child = startInChild({ orphanGraceMs: 0 });
    await until('the watchdog stands by', () => watchdogs().length === 1);
    await until('the server is started', () =>
      existsSync(join(dataDir, 'postgres/cluster/postmaster.pid')),
    );
    await kill(child);
    await until('the watchdog has ended', () => watchdogs().length === 0);
    expect(await start()).toMatchObject({ adopted: false });
  });

  longTest('one that stops in order leaves no watchdog', async () => {
    const child = startInChild();
    await readyIn(child);
    child.stdin?.end();
    expect(await ended(child)).toBe(0);
    await until('the watchdog has ended', () => watchdogs().length === 0);
  });
});

describe('a server that dies while it is used', () => {
  beforeEach(() => copyCluster(dataDir));

  test('is started again at its address, with its data, as often as it dies', async () => {
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => failures.push(error);
    const server = await startEmbeddedPostgres({ dataDir, settings: fast, onFailure });
    servers.push(server);
    await query(server, 'create table kept as select 42 as answer');
    for (const signal of ['SIGKILL', 'SIGQUIT'] as const) {
      const told = failures.length;
      const pidFile = join(server.directory, 'cluster', 'postmaster.pid');
      process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), signal);
      await until('it is missed', () => failures.length > told);
      expect(await answersAgain(server)).toEqual([{ answer: 42 }]);
    }
    expect(String(failures[0])).toContain('has stopped unexpectedly');
    await server.stop();
    expect(await embeddedPortOf(dataDir)).toBeNull();
  });

  longTest('and cannot be started again is reported as failing, until it can', async () => {
    const server = await startEmbeddedPostgres({ dataDir, settings: fast, onFailure: () => {} });
    servers.push(server);
    await query(server, 'create table kept as select 42 as answer');
    expect(server.isFailing()).toBe(false);
    const pidFile = join(server.directory, 'cluster', 'postmaster.pid');
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGKILL');
    // Another program is faster.
    const other = createServer();
    await eventually(
      () =>
        new Promise<void>((resolve, reject) => {
          other.once('error', reject).listen(server.port, '127.0.0.1', resolve);
        }),
    );
    try {
      await until('it has been tried several times', () => server.isFailing());
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
    expect(await answersAgain(server)).toEqual([{ answer: 42 }]);
    await until('it is well again', () => !server.isFailing());
  });

  longTest('has the same port in every later start', async () => {
    const first = await start();
    await first.stop();
    expect((await start()).port).toBe(first.port);
  });
});

longTest(
  'a folder closed to PostgreSQL’s account moves the cluster, and the start reports it',
  async () => {
    const inside = join(dataDir, 'data');
    chmodSync(dataDir, 0o700);
    const server = await startEmbeddedPostgres({ dataDir: inside, settings: fast });
    servers.push(server);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    if (isRoot) {
      expect(server.relocatedBecause).toContain(`cannot enter ${dataDir}`);
      expect(dirname(server.directory)).toBe(tmpdir());
      expect(statSync(server.directory)).toMatchObject({ mode: 0o40700 });
      expect(statSync(server.directory).uid).not.toBe(0);
      expect(await embeddedPortOf(inside)).toBe(server.port);
      await server.stop();
      // A folder that another account has put in its place is refused.
      rmSync(server.directory, { recursive: true });
      mkdirSync(server.directory);
      chownSync(server.directory, 54321, 54321);
      await expect(startEmbeddedPostgres({ dataDir: inside })).rejects.toThrow(
        /belongs to another account \(uid 54321\)/,
      );
      rmSync(server.directory, { recursive: true });
    } else {
      expect(server).toMatchObject({ relocatedBecause: null, directory: join(inside, 'postgres') });
    }
  },
);

test('a server log that has grown too large is put aside', () => {
  const log = join(dataDir, 'server.log');
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, 'x'.repeat(100));
  boundLog(log, 101);
  expect(readFileSync(log, 'utf8')).toHaveLength(100);
  boundLog(log, 100);
  expect(readFileSync(log, 'utf8')).toBe('');
  expect(readFileSync(`${log}.1`, 'utf8')).toHaveLength(100);
});

/** The watchdogs of this test's folder, by what they were started with. */
const watchdogs = () =>
  execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`${dataDir}/`) && /end-orphan|daypass-watchdog/.test(line));

async function start(settings: Record<string, string> = fast): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, settings });
  servers.push(server);
  return server;
}

/**
 * A separate Node that starts the server, reports it in one line, and stops it at end of input. It
 * runs the build: to compile the sources would take most of its time.
 */
function startInChild(options: { orphanGraceMs?: number } = {}): ChildProcess {
  requireFresh('server');
  const launcher = join(root, 'dist/src/db/embedded/embedded-postgres.js');
  const program = `
    const { startEmbeddedPostgres } = require(${JSON.stringify(launcher)});
    const options = ${JSON.stringify({ dataDir, settings: fast, ...options })};
    startEmbeddedPostgres(options).then((server) => {
      const { port, adopted } = server;
      console.log(JSON.stringify({ port, adopted, url: server.urlOf('daypass') }));
      process.stdin.on('end', () => server.stop()).resume();
    });`;
  const child = spawn(process.execPath, ['-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function readyIn(
  child: ChildProcess,
): Promise<Pick<EmbeddedPostgres, 'port' | 'adopted' | 'urlOf'>> {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  await until('the child has started its server', () => output.endsWith('\n'));
  const { url, ...rest } = JSON.parse(output) as { url: string; port: number; adopted: boolean };
  return { ...rest, urlOf: () => url };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await ended(child);
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}

/** The content of the table, once the server answers. */
async function answersAgain(server: EmbeddedPostgres): Promise<Record<string, unknown>[]> {
  for (let look = 0; ; look += 1) {
    try {
      return await query(server, 'table kept');
    } catch (error) {
      if (look === 1_200) throw error;
      await wait(50);
    }
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}

async function query(
  server: Pick<EmbeddedPostgres, 'urlOf'>,
  sql: string,
): Promise<Record<string, unknown>[]> {
  const client = await connect(server.urlOf('daypass'));
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Looks again and again until it is so. */
async function until(what: string, isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + hangMs;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`It did not happen in time: ${what}.`);
    await wait(50);
  }
}
