import { createHash, hash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Module } from 'node:module';
import path from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';

/*
 * What V8 compiles of the service, and where Node finds the packages. The build writes it once
 * (cli/write-code-cache.ts), and each start reads it. The file is in `dist`, not in a shared folder: a
 * person who can change it can change the built code beside it as well. A start writes nothing, so
 * `dist` may be read-only.
 */
const root = path.resolve(__dirname, '../../..');
const file = path.join(root, 'dist/.code-cache');
const packages = path.join(root, 'node_modules');

interface CodeCache {
  /**
   * V8's data by the hash of the module's source, so that the data of a source that has changed is never
   * found. V8 itself compares no more than the length of the source.
   */
  code: Map<string, Buffer>;
  /** The files of packages, by the keys of Node's own map of paths. */
  paths: Record<string, string>;
  /** The packages in which these files are; see `installedPackages`. */
  installed: string;
}

/** No start loads modules for longer; then the memory of the file is released. */
const startMaxMs = 60_000;

/** From now on, modules that are in the file are not compiled, and files of packages are not searched. */
export function useCodeCache(): void {
  // Node reads the source maps of modules that it compiles itself.
  if (process.sourceMapsEnabled) return;
  const cache = read();
  if (cache === null) return;
  const { code, paths, installed } = cache;
  if (installed === installedPackages()) Object.assign(loader._pathCache, paths);
  compileModulesBy((source, filename) => {
    const cachedData = code.get(keyOf(source));
    return cachedData ? scriptOf(source, filename, cachedData) : null;
  });
  setTimeout(() => code.clear(), startMaxMs).unref();
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
  return () => {
    const code = new Map([...scripts].map(([key, script]) => [key, script.createCachedData()]));
    write({ code, paths: pathsOfPackages(), installed: installedPackages() });
  };
}

/**
 * Names the packages that are installed: npm writes this file whenever it changes one. Empty if another
 * program has installed them: then the paths of none are kept.
 */
function installedPackages(): string {
  try {
    return hash('sha256', readFileSync(path.join(packages, '.package-lock.json')), 'base64');
  } catch {
    return '';
  }
}

/** What Node has found in packages. A file of the service may be elsewhere after the next build. */
function pathsOfPackages(): Record<string, string> {
  if (installedPackages() === '') return {};
  const isOfPackage = (found: string) => found.startsWith(packages + path.sep);
  return Object.fromEntries(
    Object.entries(loader._pathCache).filter(([, found]) => isOfPackage(found)),
  );
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

/** What stands before V8's data. */
interface Index extends Omit<CodeCache, 'code'> {
  lengths: [key: string, length: number][];
}

/** One line with the index, then V8's data: what is read is copied nowhere. */
function pack({ code, ...others }: CodeCache): Buffer {
  const lengths = [...code].map(([key, data]): [string, number] => [key, data.length]);
  const index: Index = { ...others, lengths };
  return Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...code.values()]);
}

function unpack(body: Buffer): CodeCache {
  let end = body.indexOf('\n') + 1;
  const { lengths, ...others } = JSON.parse(body.toString('utf8', 0, end)) as Index;
  const data = lengths.map(([key, length]) => [key, body.subarray(end, (end += length))] as const);
  return { ...others, code: new Map(data) };
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
  /** Where a name was found, by the name and the folders in which it was searched. */
  _pathCache: Record<string, string>;
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
