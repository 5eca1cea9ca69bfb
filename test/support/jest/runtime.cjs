const asyncHooks = require('node:async_hooks');
const { createRequire, isBuiltin } = require('node:module');
const { compileFunction, constants } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const isPackage = (name) => /^[^./]/.test(name) && !isBuiltin(name);

/**
 * Packages are loaded by Node itself, once in a worker, as they are in production. jest would load
 * typeorm, graphql and all the others anew for every test file. Our own modules are still each
 * file's own.
 */
module.exports = class PackagesOnceRuntime extends Runtime {
  storages = [];

  constructor(...args) {
    super(...args);
    // In Node's own realm, like the packages: see environment.cjs.
    this.executor.compile = (source, filename) =>
      compileFunction(source, this.executor.injectedModuleParameters, {
        filename,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
  }

  requireModule(from, name, options, isRequireActual) {
    if (name && isPackage(name) && !options?.isInternalModule) return createRequire(from)(name);
    if (/^(node:)?async_hooks$/.test(name)) return this.keptAsyncHooks();
    return super.requireModule(from, name, options, isRequireActual);
  }

  /** Node 20 asks every storage that was ever used at every promise; jest makes one for each file. */
  keptAsyncHooks() {
    const { storages } = this;
    class AsyncLocalStorage extends asyncHooks.AsyncLocalStorage {
      constructor(...args) {
        super(...args);
        storages.push(this);
      }
    }
    return { ...asyncHooks, AsyncLocalStorage };
  }

  teardown() {
    super.teardown();
    for (const storage of this.storages) storage.disable();
  }

  /** jest would hand out its own modules by the process, which here is everybody's. */
  installGetBuiltinModule() {}
};
