// `npm test`: the tests of the running product, which are all but those of `npm run test:house`.
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.cjs'),
  testPathIgnorePatterns: require('./jest.house.cjs').roots.map((folder) => `${folder}/`),
};
