const { sep } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');
const seconds = require('./seconds.json');

/** What a file takes that is not in the list: it is new, or quick. */
const unknown = 2;

const secondsOf = ({ path }) =>
  seconds[path.split(sep).slice(-2).join('/').replace('.test.ts', '')] ?? unknown;
const isOfPages = ({ path }) => path.includes(`${sep}web${sep}`);

/**
 * What takes longest, so that no worker is left alone with it at the end: jest knows that only where
 * it has run before, which a fresh clone has not. `npm run test:seconds` writes the list. The tests of
 * pages work most of their time, and the other slow ones wait: they take turns, so that the processors
 * always have something to do.
 */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    // What jest would do decides among those that take as long.
    const sorted = [...super.sort(tests)].sort((one, other) => secondsOf(other) - secondsOf(one));
    const ofPages = sorted.filter(isOfPages);
    const others = sorted.filter((test) => !isOfPages(test));
    return others
      .flatMap((test, at) => [...ofPages.slice(at, at + 1), test])
      .concat(ofPages.slice(others.length));
  }
};
