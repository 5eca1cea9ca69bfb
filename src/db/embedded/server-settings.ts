import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveTo, type ServerHome } from './server-home';

/** PostgreSQL reads it after its own postgresql.conf, so these settings win. */
export const settingsFile = 'daypass.conf';

/** Durability (fsync, synchronous_commit) is left as PostgreSQL has it: on. */
const ours: Record<string, string> = {
  // Several replicas and a test run share one server.
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Two useless lines every five minutes.
  log_checkpoints: 'off',
  // Security: an error of a statement quotes its values, and its sender receives it anyway.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** Writes the settings of the next start. Throws on an invalid name. */
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

/** The port of the last start; 0 if there was none. */
export function lastPort(home: ServerHome): number {
  const path = join(home.cluster, settingsFile);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return Number(/^port = '(\d+)'$/m.exec(text)?.[1] ?? 0);
}

function lineFor(name: string, value: string): string {
  if (!/^[a-z_][a-z0-9_.]*$/i.test(name)) throw new Error(`"${name}" is not a PostgreSQL setting.`);
  const escaped = value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n');
  return `${name} = '${escaped}'\n`;
}
