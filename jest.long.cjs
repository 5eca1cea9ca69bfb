// `npm run test:long`: the tests that have two sizes, in the long one: faults for minutes instead of
// seconds, ten times the random documents, every door, every first day. A test names its sizes by
// `size(short, long)` of test/support/size.ts; the workers inherit the environment. And the files
// `*.long.ts`, which `npm test` leaves out: further cases of what it shows once.
process.env.TEST_LONG = '1';

/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: [
    '<rootDir>/test/**/*.long.ts',
    '<rootDir>/test/faults/*.test.ts',
    '<rootDir>/test/server/document-fuzz.test.ts',
    '<rootDir>/test/api/{gated-paths,sealed-accounts}.test.ts',
    '<rootDir>/test/demo/plan.test.ts',
    '<rootDir>/test/simulation/simulation.test.ts',
    '<rootDir>/test/ledger/decide.property.test.ts',
    '<rootDir>/test/time/local-day.property.test.ts',
    '<rootDir>/test/access/confirmation-token.test.ts',
    '<rootDir>/test/ledger/orders-race.test.ts',
    '<rootDir>/test/passes/forecast.test.ts',
    '<rootDir>/test/server/group-catch-up.property.test.ts',
    '<rootDir>/test/streams/expiry-loop.test.ts',
  ],
};
