const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { Module } = require('node:module');
const path = require('node:path');
const { deserialize, serialize } = require('node:v8');
const { constants, Script } = require('node:vm');

/*
 * Loaded before a process of the service that a test starts: what V8 compiles is kept for the run's
 * next process, which saves a quarter of its start. Node 22 and later do the same without it (see
 * src/core/compile-cache.ts).
 */

/** Belongs to one run, so that no source changes while it is used; see jest/global-setup.ts. */
const file = process.env.TEST_COMPILE_CACHE;
const kept = read();
const compiled = new Map();
const { _compile } = Module.prototype;

Module.prototype._compile = function (content, filename, format) {
  const script = scriptOf(content, filename, format);
  if (script === null) return _compile.call(this, content, filename, format);
  const require = (name) => this.require(name);
  require.resolve = (name, options) => Module._resolveFilename(name, this, false, options);
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  const parts = [this.exports, require, this, filename, path.dirname(filename)];
  return Reflect.apply(script.runInThisContext(), this.exports, parts);
};

/** Null for what Node must compile: modules of the other kind, and programs with a first line for a shell. */
function scriptOf(content, filename, format) {
  if (format === 'module' || filename.endsWith('.mjs') || content.startsWith('#!')) return null;
  try {
    const script = new Script(Module.wrap(content), {
      filename,
      cachedData: kept?.get(filename),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    if (kept === null) compiled.set(filename, script);
    return script;
  } catch {
    return null;
  }
}

function read() {
  try {
    return deserialize(readFileSync(file));
  } catch {
    // The first process of the run writes it.
    return null;
  }
}

if (kept === null) {
  // At the end V8 also has the functions that were compiled when they were first called.
  process.on('exit', () => {
    const all = new Map([...compiled].map(([name, script]) => [name, script.createCachedData()]));
    const unfinished = `${file}.${process.pid}`;
    try {
      writeFileSync(unfinished, serialize(all));
      renameSync(unfinished, file);
    } catch {
      // The next process compiles again.
    }
  });
}
