import module from 'node:module';

/*
 * Imported first by the entry points. What Node compiles is kept between starts, in Node's own
 * folder below the system's temporary folder (or NODE_COMPILE_CACHE), never in node_modules, which
 * may be read-only. If the folder cannot be written, Node compiles as usual. Node 20 has no such
 * cache.
 */
(module as { enableCompileCache?(): unknown }).enableCompileCache?.();
