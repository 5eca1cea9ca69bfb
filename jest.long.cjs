// `npm run test:long`: the fault tests for minutes instead of seconds, and ten times the random
// documents. A test says its two sizes by `size(short, long)` in test/support/faults/fault-site.ts; the workers inherit the environment.
process.env.TEST_LONG = '1';

/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: ['<rootDir>/test/faults/*.test.ts', '<rootDir>/test/server/document-fuzz.test.ts'],
};
