import { useCodeCache } from './code-cache';

/*
 * Imported first by the entry points, because modules that are loaded before it are compiled at each
 * start. NODE_DISABLE_COMPILE_CACHE=1 switches it off, as it does the cache of Node 22 and later. That
 * one is not used: it is in a temporary folder, where another user of the machine could leave code for
 * us, and Node does not ask who wrote it.
 */
if (!process.env.NODE_DISABLE_COMPILE_CACHE) useCodeCache();
