import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './program';
import { note, type Site } from './site';

let built: { commit: string; tree: string } | undefined;

/**
 * The commit that figures are compared with, as a built tree. It is built once in a run, in the same
 * session as what it is compared with, and removed when the run ends. Null: nothing to compare with.
 */
export function baseTree(commit: string | null): string | null {
  if (commit === null) return null;
  if (built?.commit === commit) return built.tree;
  const tree = mkdtempSync(path.join(tmpdir(), 'daypass-bench-base-'));
  process.on('exit', () => rmSync(tree, { recursive: true, force: true }));
  note(`building ${commit} to compare with`);
  const archive = path.join(tree, 'base.tar');
  run('git', ['archive', '--output', archive, commit], root);
  run('tar', ['-xf', archive, '-C', tree], root);
  install(tree);
  run('npm', ['run', 'build:all'], tree);
  built = { commit, tree };
  return tree;
}

function install(tree: string): void {
  const lock = (of: string) => readFileSync(path.join(of, 'package-lock.json'), 'utf8');
  if (lock(tree) === lock(root)) {
    symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'), 'dir');
  } else {
    run('npm', ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'], tree);
  }
}

export function run(program: string, args: readonly string[], cwd: string): void {
  execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** What a figure's ratio is to. */
export function againstBase({ options }: Site): string | null {
  return options.base && `commit ${options.base}, built and run in the same session`;
}
