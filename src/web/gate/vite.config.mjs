import { defineConfig } from 'vite';

/** Whose work is in the file; their licences are in our dependencies. */
const notice =
  '/*! Daypass, MIT. With Lit, BSD-3-Clause, (c) Google LLC, and graphql-ws, MIT, (c) Denis Badurina. */';

/**
 * One file of a fixed name, which needs nothing beside it: pages link to it for years, and a chunk of
 * an older release would be gone after an upgrade.
 */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  logLevel: 'warn',
  build: {
    target: 'es2022',
    outDir: '../../../dist/web/embed',
    emptyOutDir: true,
    lib: { entry: 'day-pass-gate.ts', formats: ['es'], fileName: () => 'day-pass-gate.js' },
    rolldownOptions: { output: { minify: true, codeSplitting: false, postBanner: notice } },
  },
});
