/**
 * What jest uses instead of Node's `AsyncLocalStorage`, to know which test an uncaught error belongs
 * to. Each test file makes a storage and never disables it, and Node then follows every promise of the
 * worker once per file so far. Our tests of a file run one after the other, so the running test is the one
 * that was started last.
 */
class OneTestAtATime {
  getStore() {
    return this.store;
  }

  async run(store, callback) {
    const outer = this.store;
    this.store = store;
    try {
      return await callback();
    } finally {
      this.store = outer;
    }
  }
}

module.exports = { AsyncLocalStorage: OneTestAtATime };
