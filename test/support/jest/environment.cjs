const { ModuleMocker } = require('jest-mock');
// Once for the worker, before any package that asks for it.
require('reflect-metadata');
const { gatherStatements, writeStatements } = require('./statements.cjs');

gatherStatements();

/** Where jest keeps what listens to a file's events, and the file's tests. */
const keptByJest = ({ description }) => /^(?:EVENT_HANDLERS|JEST_STATE_SYMBOL)$/.test(description);

/**
 * Runs test files in Node's own realm instead of a `vm` context for each: as in production there is
 * one `Date`, one `Error` and one `String`, and so packages that are loaded once (see runtime.cjs)
 * know those of every file.
 */
module.exports = class OneRealmEnvironment {
  constructor() {
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null;
    this.fakeTimersModern = null;
    // jest puts its own in their places for each file.
    const { console, process } = globalThis;
    const { exit } = process;
    this.restore = () => {
      globalThis.console = console;
      process.exit = exit;
      // In one realm these would stay: each event would also be handled and reported once for every
      // file before, and all that those files have loaded would be kept.
      for (const key of Object.getOwnPropertySymbols(globalThis).filter(keptByJest)) {
        delete globalThis[key];
      }
    };
    // Each frame of each error's stack is looked up in a source map, and refusals are errors, too.
    Error.stackTraceLimit = 10;
  }

  async setup() {}

  async teardown() {
    writeStatements();
    this.restore();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** None: what is compiled is compiled in Node's own. */
  getVmContext() {}
};
