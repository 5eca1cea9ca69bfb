/**
 * The fault tests again, for minutes instead of seconds: more kills, more people, a thousand sockets.
 * Arguments go to jest, e.g. `npm run test:long -- -t midnight`.
 */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  process.execPath,
  ['node_modules/jest/bin/jest.js', 'test/faults', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, TEST_LONG: '1' } },
);
process.exit(status ?? 1);
