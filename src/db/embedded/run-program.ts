import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Binaries } from './binaries';
import { giveTo, type ServerHome } from './server-home';
import { tailOf } from './server-log';

/**
 * Runs one of PostgreSQL's programs to its end, under the home's account. Its output goes to the
 * set-up log, not to a pipe: a server started by pg_ctl on Windows would hold a pipe open.
 *
 * Throws an Error that ends with the last lines of that log and of the server's.
 */
export async function runProgram(
  home: ServerHome,
  binaries: Binaries,
  command: { program: 'initdb' | 'pg_ctl'; args: string[]; timeoutMs: number },
): Promise<void> {
  const output = openSync(home.setupLog, 'a', 0o600);
  giveTo(home, home.setupLog);
  try {
    const child = spawn(binaries.pathOf(command.program), command.args, {
      // The account may have no access to our working directory, and PostgreSQL reads it.
      cwd: home.directory,
      env: environmentFor(binaries),
      stdio: ['ignore', output, output],
      timeout: command.timeoutMs,
      windowsHide: true,
      ...(home.account && { uid: home.account.uid, gid: home.account.gid }),
    });
    const ending = await new Promise<string>((resolve, reject) => {
      child.on('error', ({ message }) => reject(new Error(`PostgreSQL cannot run: ${message}`)));
      child.once('exit', (code, signal) => resolve(String(code ?? signal)));
    });
    if (ending !== '0') {
      throw new Error(`PostgreSQL's ${command.program} ended with ${ending}.${logsOf(home)}`);
    }
  } finally {
    closeSync(output);
  }
}

/** The last lines of both logs, as the end of an error message. */
export function logsOf(home: ServerHome): string {
  return [home.setupLog, home.serverLog]
    .map((path) => ({ path, tail: tailOf(path) }))
    .filter(({ tail }) => tail !== '')
    .map(({ path, tail }) => `\n--- ${path}\n${tail}`)
    .join('');
}

/** Ours without the variables that libpq and initdb would obey. */
function environmentFor(binaries: Binaries): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^PG|^LC_|^LANG/i.test(name));
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', ...binaries.environment };
}
