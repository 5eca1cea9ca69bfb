import { spawnSync } from 'node:child_process';
import { root } from '../support/sources';

test('every file names only what its room may name', () => {
  const cruise = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
  const args = ['--config', '.dependency-cruiser.cjs', 'src', 'migrations', 'ormconfig.ts'];
  const run = spawnSync(process.execPath, [cruise, ...args], { cwd: root, encoding: 'utf8' });
  expect(`${run.stdout}${run.stderr}`).toContain('no dependency violations found');
  expect(run.status).toBe(0);
});
