// `npm run test:house`: the tests of what the developers of Daypass work with: the rules of the sources,
// the scripts, the documents and the examples. `npm test` runs all others, see jest.product.cjs.
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.cjs'),
  roots: ['<rootDir>/test/house', '<rootDir>/test/scripts', '<rootDir>/test/docs'],
};
