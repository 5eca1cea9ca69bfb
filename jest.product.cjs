// `npm test`: the tests of the running product, which are all but those of `npm run test:house`.
const all = require('./jest.config.cjs');
const house = require('./jest.house.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...all,
  testMatch: [...all.testMatch, ...house.testMatch.map((pattern) => `!${pattern}`)],
};
