import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveTo, type ServerHome } from './server-home';

/** Read by PostgreSQL after its own postgresql.conf, so that what stands here wins. */
export const settingsFile = 'daypass.conf';

/** Durability (fsync, synchronous_commit) is left as PostgreSQL has it: on. */
const ours: Record<string, string> = {
  // Several replicas and a test run share one server.
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Two lines every five minutes that tell nobody anything.
  log_checkpoints: 'off',
};

/** Writes the settings of the next start. Throws on a name that is no name. */
export function writeSettings(
  home: ServerHome,
  port: number,
  overrides: Record<string, string>,
): void {
  const settings = {
    ...ours,
    ...overrides,
    port: String(port),
    // Security: reachable from this machine only, and only with a password.
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  };
  const path = join(home.cluster, settingsFile);
  const lines = Object.entries(settings).map(([name, value]) => lineFor(name, value));
  writeFileSync(path, lines.join(''), { mode: 0o600 });
  giveTo(home, path);
}

function lineFor(name: string, value: string): string {
  if (!/^[a-z_][a-z0-9_.]*$/i.test(name)) throw new Error(`"${name}" is no PostgreSQL setting.`);
  const escaped = value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n');
  return `${name} = '${escaped}'\n`;
}
