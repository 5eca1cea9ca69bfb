/**
 * The fault tests: processes, connections and PostgreSQL that really die. With `--long` for minutes
 * instead of seconds: more kills, more people, a thousand sockets. Other arguments go to jest, e.g.
 * `npm run test:faults -- -t midnight`.
 */
import { spawnSync } from 'node:child_process';

const given = process.argv.slice(2);
const isLong = given.includes('--long');
const { status } = spawnSync(
  process.execPath,
  ['node_modules/jest/bin/jest.js', 'test/faults', ...given.filter((word) => word !== '--long')],
  {
    stdio: 'inherit',
    env: { ...process.env, TEST_FAULTS: '1', ...(isLong ? { TEST_LONG: '1' } : {}) },
  },
);
process.exit(status ?? 1);
