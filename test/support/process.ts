import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { requireFresh } from './built';
import { root } from './sources';

/** A running program, and its output so far. */
export interface RunningProgram {
  child: ChildProcess;
  output(): string;
  errors(): string;
  /** Resolves once `text` is in its output; rejects if it ends before. */
  says(text: RegExp): Promise<RegExpExecArray>;
  /** Resolves when it and all that share its output have ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts a program at the repository's top, with only the given environment. */
export function startProgram(
  command: string,
  args: string[],
  environment: Record<string, string>,
): RunningProgram {
  if (args.some((arg) => /^(dist|bin)\//.test(arg))) requireFresh('server');
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...environment };
  const child = spawn(command, args, { cwd: root, env });
  let output = '';
  let errors = '';
  child.stdout.on('data', (text) => (output += String(text)));
  child.stderr.on('data', (text) => (errors += String(text)));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));

  const says = (text: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = text.exec(output);
        if (found) resolve(found);
      };
      child.stdout.on('data', look);
      look();
      ended.then(() => reject(new Error(`It ended without a word of ${text}: ${errors}`)), reject);
    });
  return { child, output: () => output, errors: () => errors, says, ended };
}

/** Runs the command line's verb to its end. */
export async function runDaypass(args: string[], environment: Record<string, string>) {
  const program = startProgram(process.execPath, ['bin/daypass.js', ...args], environment);
  const { code } = await program.ended;
  return { code, output: program.output(), errors: program.errors() };
}
