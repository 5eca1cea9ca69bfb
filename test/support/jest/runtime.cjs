const { createRequire, isBuiltin, Module } = require('node:module');
const path = require('node:path');
const { compileFunction, constants } = require('node:vm');
const { default: Runtime } = require('jest-runtime');
const oneTestAtATime = require('./one-test-at-a-time.cjs');

const root = path.join(__dirname, '../../..');
const below = (...names) => names.map((name) => path.join(root, name));
/** Our own modules that keep no state between files: what the service is made of, and what tests use. */
const ours = below('migrations', 'src', 'ormconfig.ts', 'test/generated', 'test/support');
/** Except pages and browsers, what jest itself loads, and what needs the file's own `jest`. */
const ofEachFile = below(
  'src/web',
  'test/support/browser',
  'test/support/jest',
  'test/support/verb',
);

const isIn = (file, folder) => file === folder || file.startsWith(folder + path.sep);
const isInOneOf = (folders, file) => folders.some((folder) => isIn(file, folder));
const isPath = (name) => /^\.\.?\//.test(name) || path.isAbsolute(name);

/** How Node's own loader reads TypeScript: by jest's transformer, whose results outlive the run. */
let transform;
/** Source maps of what it has read, for stack traces. */
const sourceMaps = new Map();
Module._extensions['.ts'] = (module, file) => module._compile(transform(file), file);

/**
 * Packages and the sources of the service are loaded by Node itself, once in a worker, as they are
 * in production. jest would load all of them again for every test file, and run them cold. Only
 * tests, the pages and what drives a browser are each file's own.
 */
module.exports = class LoadedOnceRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    // In Node's own realm, like the packages: see environment.cjs.
    this.executor.compile = (source, filename) =>
      compileFunction(source, this.executor.injectedModuleParameters, {
        filename,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
    const known = this.transformCache.getSourceMaps();
    for (const [file, map] of sourceMaps) known.set(file, map);
    transform = (file) => {
      const code = this.transformCache.transform(file);
      sourceMaps.set(file, known.get(file));
      return code;
    };
  }

  requireModule(from, name, options, isRequireActual) {
    if (name && !options?.isInternalModule && isLoadedOnce(from, name)) {
      return createRequire(from)(name);
    }
    return super.requireModule(from, name, options, isRequireActual);
  }

  /**
   * jest's adapter is each file's own, as it has the file's tests; what the adapter needs keeps no
   * state of a file.
   */
  requireInternalModule(from, name) {
    if (name === 'node:async_hooks') return oneTestAtATime;
    if (name && !name.startsWith('jest-main:')) return createRequire(from)(name);
    return super.requireInternalModule(from, name);
  }

  /** jest would hand out its own modules by the process, which here is everybody's. */
  installGetBuiltinModule() {}
};

function isLoadedOnce(from, name) {
  if (!isPath(name)) return /^[^.]/.test(name) && !isBuiltin(name);
  const file = path.resolve(path.dirname(from), name);
  return isInOneOf(ours, file) && !isInOneOf(ofEachFile, file);
}
