// `npm run test:long`: the tests that have two sizes, in the long one: faults for minutes instead of
// seconds, a hundred times the random documents, every door, every first day, and every look of a page. A test
// names its sizes by test/support/size.ts; the workers inherit the environment. And the files `*.long.ts`,
// which `npm test` leaves out: further cases of what it shows once, and `npm run dev`.
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

process.env.TEST_LONG = '1';

const tests = path.join(__dirname, 'test');
/** axe-core judges both schemes of a page in the long run. */
const sizes = /from '\.\.\/support\/size'|complaintsOfAxe/;
const isTwoSized = (file) =>
  file.endsWith('.test.ts') && sizes.test(readFileSync(path.join(tests, file), 'utf8'));

/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: [
    '<rootDir>/test/**/*.long.ts',
    ...readdirSync(tests, { recursive: true })
      .filter(isTwoSized)
      .map((file) => `<rootDir>/test/${file.split(path.sep).join('/')}`),
  ],
};
