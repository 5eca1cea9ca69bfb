import module from 'node:module';
import { useCodeCache } from './code-cache';

/*
 * Imported first by the entry points, because modules that are loaded before it are compiled at each
 * start.
 *
 * Node 22 and later keep what V8 compiles between starts, in Node's own folder below the system's
 * temporary folder (or NODE_COMPILE_CACHE), never in node_modules, which may be read-only. If the
 * folder cannot be written, Node compiles as usual. Node 20 has no such cache: there the build writes
 * one. NODE_DISABLE_COMPILE_CACHE=1 switches off both.
 */
const { enableCompileCache } = module as { enableCompileCache?(): unknown };
if (enableCompileCache) enableCompileCache();
else if (!process.env.NODE_DISABLE_COMPILE_CACHE) useCodeCache();
