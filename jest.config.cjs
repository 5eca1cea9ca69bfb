/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.[jt]s$': '@swc/jest' },
  // Packages that ship ES modules only; jest on Node 20 cannot require them as they are.
  transformIgnorePatterns: ['/node_modules/(?!(jose|uuid)/)'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  setupFiles: ['reflect-metadata'],
  // A bound on what hangs, not a wish for speed: test machines are shared.
  testTimeout: 120_000,
  maxWorkers: 2,
};
