/** @type {import('jest').Config} */
module.exports = {
  // jest lists all files below these before it starts.
  roots: ['<rootDir>/test'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
  runtime: '<rootDir>/test/support/jest/runtime.cjs',
  testSequencer: '<rootDir>/test/support/jest/sequencer.cjs',
  globalSetup: '<rootDir>/test/support/jest/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/jest/global-teardown.ts',
  // A bound on what hangs, above the bound on each wait of a test: see test/support/patience.ts.
  testTimeout: 300_000,
  // One more than small machines have cores: much of the time is waiting. Four took longer than three.
  maxWorkers: 3,
};
