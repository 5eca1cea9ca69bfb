const { sep } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');
const seconds = require('./seconds.json');

/** What a file takes that is not in the list: it is new, or quick. */
const unknown = 2;

/**
 * What takes longest, so that no worker is left alone with it at the end: jest knows that only where
 * it has run before, which a fresh clone has not. `npm run test:seconds` writes the list.
 */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const secondsOf = ({ path }) =>
      seconds[path.split(sep).slice(-2).join('/').replace('.test.ts', '')] ?? unknown;
    // What jest would do decides among those that take as long.
    return [...super.sort(tests)].sort((one, other) => secondsOf(other) - secondsOf(one));
  }
};
