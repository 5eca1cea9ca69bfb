import { CommanderError, type Command } from 'commander';
import { createProgram } from '../../src/cli/program';
import { failureText } from '../../src/core/safe-error';

interface Ending {
  code: number;
  output: string;
  errors: string;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a verb of the command line in this process: a process of its own loads half a second of code
 * first. One at a time, as a process has one environment and one output.
 */
export function runVerb(args: string[], environment: Record<string, string>): Promise<Ending> {
  const ending = last.then(() => run(args, environment));
  last = ending.catch(() => {});
  return ending;
}

async function run(args: string[], environment: Record<string, string>): Promise<Ending> {
  const { env, exitCode } = process;
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  process.env = { PATH: env.PATH, HOME: env.HOME, ...environment };
  process.exitCode = undefined;
  let code: number;
  try {
    await throwing(createProgram()).parseAsync(args, { from: 'user' });
    code = exitCodeSet();
  } catch (error) {
    if (!(error instanceof CommanderError)) written.stderr += `${failureText(error)}\n`;
    code = error instanceof CommanderError ? error.exitCode : 1;
  } finally {
    process.env = env;
    process.exitCode = exitCode;
    for (const spy of spies) spy.mockRestore();
  }
  return { code, output: written.stdout, errors: written.stderr };
}

/** What a verb that ended in order has left. */
const exitCodeSet = (): number => Number(process.exitCode ?? 0);

/** The command and all below it, which throw where they would end the process. */
function throwing(command: Command): Command {
  command.exitOverride();
  for (const each of command.commands) throwing(each);
  return command;
}
