import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';

/** As much of a failed step's output as is shown, in characters. */
const outputMax = 20_000;

/** Runs npm to its end without output; if it fails, throws with what it printed. */
export async function npm(root, args, note) {
  // Node itself, not the npm command: no shell, and so the same on Windows.
  await run(root, [npmProgram(), ...args], { note, title: `npm ${args.join(' ')}` });
}

/** Runs a program of Node's to its end, in the same way. `note` receives its process id. */
export async function run(
  root,
  [program, ...args],
  { note, title = `${program} ${args.join(' ')}` },
) {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  note(child.pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-outputMax)));
  }
  const ending = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  if (ending !== 0) throw new Error(`${output}\n"${title}" ended with ${ending}.`);
}

function npmProgram() {
  const npmOnPath = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'npm'))
    .filter((path) => fs.existsSync(path))
    .map((path) => fs.realpathSync(path));
  const beside = dirname(process.execPath);
  const candidates = [
    // Other package managers set it as well, to themselves.
    process.env.npm_execpath ?? '',
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...npmOnPath,
  ];
  const found = candidates.find((path) => basename(path) === 'npm-cli.js' && fs.existsSync(path));
  if (found) return found;
  throw new Error(`npm was not found beside ${process.execPath}. Run "npm start", or install npm.`);
}
