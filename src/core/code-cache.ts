import { createHash, hash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Module } from 'node:module';
import path from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';

/*
 * What V8 compiles of the service, for Node 20. The build writes it once (cli/write-code-cache.ts),
 * and each start reads it. The file is in `dist`, not in a shared folder: a person who can change it
 * can change the built code beside it as well. A start writes nothing, so `dist` may be read-only.
 */
const file = path.resolve(__dirname, '../../.code-cache');

/**
 * V8's data by the hash of the module's source, so that the data of a source that has changed is never
 * found. V8 itself compares no more than the length of the source.
 */
type CodeCache = Map<string, Buffer>;

/** No start loads modules for longer; then the memory of the file is released. */
const startMaxMs = 60_000;

/** From now on, modules that are in the file are not compiled. */
export function useCodeCache(): void {
  // Node reads the source maps of modules that it compiles itself.
  if (process.sourceMapsEnabled) return;
  const cache = read();
  if (cache === null) return;
  compileModulesBy((source, filename) => {
    const cachedData = cache.get(keyOf(source));
    return cachedData ? scriptOf(source, filename, cachedData) : null;
  });
  setTimeout(() => cache.clear(), startMaxMs).unref();
}

/**
 * From now on, modules are remembered; the function returned writes them to the file. To be called
 * late: V8 compiles a function when it is first called.
 */
export function recordCode(): () => void {
  // The entry points use the file, and what comes from it is not recorded.
  rmSync(file, { force: true });
  const scripts = new Map<string, Script>();
  compileModulesBy((source, filename) => {
    const script = scriptOrNull(source, filename);
    if (script) scripts.set(keyOf(source), script);
    return script;
  });
  return () => write(new Map([...scripts].map(([key, code]) => [key, code.createCachedData()])));
}

/** Null if there is no file, if it is damaged, or if it is of another Node or of other flags of V8. */
function read(): CodeCache | null {
  try {
    const content = readFileSync(file);
    const body = content.subarray(checksumBytes);
    if (!checksumOf(body).equals(content.subarray(0, checksumBytes))) return null;
    return unpack(body);
  } catch {
    return null;
  }
}

/** In one step: a start that reads it meanwhile has the old file or the new one. */
function write(cache: CodeCache): void {
  const body = pack(cache);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, Buffer.concat([checksumOf(body), body]));
  renameSync(draft, file);
}

/** One line with the keys and lengths, then the data: what is read is copied nowhere. */
function pack(cache: CodeCache): Buffer {
  const index = [...cache].map(([key, data]) => [key, data.length]);
  return Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...cache.values()]);
}

function unpack(body: Buffer): CodeCache {
  let end = body.indexOf('\n') + 1;
  const index = JSON.parse(body.toString('utf8', 0, end)) as [key: string, length: number][];
  return new Map(index.map(([key, length]) => [key, body.subarray(end, (end += length))]));
}

const checksumBytes = 32;

/** V8 does not check its data: damaged data would be executed. The tag is that of V8 and its flags. */
function checksumOf(body: Buffer): Buffer {
  const program = `${process.version} ${process.arch} ${cachedDataVersionTag()}`;
  return createHash('sha256').update(program).update(body).digest();
}

function keyOf(source: string): string {
  return hash('sha256', source, 'base64');
}

/** As Node wraps a module; `columnOffset` keeps the places in stack traces those of the source. */
const wrapper = [
  '(function (exports, require, module, __filename, __dirname) { ',
  '\n});',
] as const;

function scriptOf(source: string, filename: string, cachedData?: Buffer): Script {
  return new Script(wrapper.join(source), {
    filename,
    columnOffset: -wrapper[0].length,
    cachedData,
  });
}

/**
 * Null for modules that Node must compile: ES modules, programs with a first line for a shell, and
 * modules that call `import()`, which V8 refuses in code from its cache.
 */
function scriptOrNull(source: string, filename: string): Script | null {
  if (/\bimport\s*[(/]/.test(source)) return null;
  try {
    return scriptOf(source, filename);
  } catch {
    return null;
  }
}

/** The parts of Node's loader of CommonJS modules that have no types. */
interface Loader {
  prototype: {
    _compile(this: NodeModule, source: string, filename: string, format?: string): unknown;
  };
  _extensions: NodeJS.RequireExtensions;
  _cache: NodeJS.Dict<NodeModule>;
  _resolveFilename(
    name: string,
    from: NodeModule,
    isMain: boolean,
    options?: { paths?: string[] },
  ): string;
  _resolveLookupPaths(name: string, from: NodeModule): string[] | null;
}

const loader = Module as unknown as Loader;

type RunModule = (this: unknown, ...parts: unknown[]) => unknown;

/** Null from `compile` leaves a module to Node. */
function compileModulesBy(compile: (source: string, filename: string) => Script | null): void {
  const { _compile } = loader.prototype;
  loader.prototype._compile = function (source, filename, format) {
    const script = format === 'module' ? null : compile(source, filename);
    if (script === null) return _compile.call(this, source, filename, format);
    const run = script.runInThisContext() as RunModule;
    const parts = [this.exports, requireOf(this), this, filename, path.dirname(filename)];
    return run.apply(this.exports, parts);
  };
}

function requireOf(module: NodeModule): NodeJS.Require {
  const require = ((name: string): unknown => module.require(name)) as NodeJS.Require;
  require.resolve = Object.assign(
    (name: string, options?: { paths?: string[] }) =>
      loader._resolveFilename(name, module, false, options),
    { paths: (name: string) => loader._resolveLookupPaths(name, module) },
  );
  require.main = process.mainModule;
  require.extensions = loader._extensions;
  require.cache = loader._cache;
  return require;
}
