// `npm run test:proxy`: the recipes of docs/deploy.md, in the nginx and the Caddy of this machine.
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: ['<rootDir>/test/docs/*.proxy.ts'],
  maxWorkers: 1,
};
