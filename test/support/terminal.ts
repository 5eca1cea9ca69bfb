import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from './patience';
import { root } from './sources';

/** A shell in which the reader of a guide runs its blocks, one after another. */
export class Terminal {
  private readonly child;
  private readonly ended;
  private output = '';
  private errors = '';
  private blocks = 0;

  constructor(environment: Record<string, string>, { quickNpx = false } = {}) {
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, npm_config_update_notifier: 'false', ...environment };
    // A process group of its own, so that Ctrl-C reaches what runs in it.
    this.child = spawn('bash', ['--noprofile', '--norc'], { cwd: root, env, detached: true });
    this.ended = once(this.child, 'close');
    this.child.stdout.on('data', (text) => (this.output += String(text)));
    this.child.stderr.on('data', (text) => (this.errors += String(text)));
    // An interactive shell outlives a Ctrl-C.
    this.child.stdin.write('trap : INT\n');
    // What npx finds here, without the second that npm takes for it.
    if (quickNpx) this.child.stdin.write('npx() { node "bin/$1.js" "${@:2}"; }\n');
  }

  /** Runs a block to its end and returns what it printed. */
  async run(block: string): Promise<string> {
    const from = this.output.length;
    const mark = `end of block ${(this.blocks += 1)}`;
    this.child.stdin.write(`${block}\necho '${mark}'\n`);
    await this.prints(new RegExp(mark));
    return this.output.slice(from, this.output.indexOf(mark));
  }

  /** Runs a block that does not end. */
  start(block: string): void {
    this.output = '';
    this.child.stdin.write(`${block}\n`);
  }

  /** Resolves when the running block has printed such a text. */
  prints(text: RegExp): Promise<RegExpExecArray> {
    return eventually(async () => {
      const found = text.exec(this.output);
      if (found) return found;
      throw new Error(`There is no ${text} in:\n${this.output}\nErrors:\n${this.errors}`);
    });
  }

  /** The lines of JSON that the running block has printed. */
  lines(): Record<string, unknown>[] {
    const whole = this.output.split('\n').slice(0, -1);
    return whole.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  }

  ctrlC(): void {
    process.kill(-this.child.pid!, 'SIGINT');
  }

  async close(): Promise<void> {
    if (this.child.exitCode === null) process.kill(-this.child.pid!, 'SIGKILL');
    await this.ended;
  }
}
