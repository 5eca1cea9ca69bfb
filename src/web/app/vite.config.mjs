import { defineConfig } from 'vite';

/**
 * The pages at `/`. The service writes nonce, base and offers into `index.html` as it sends it, so the
 * page itself is never kept by a browser, and everything it names has its contents' hash in its name.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  logLevel: 'warn',
  html: { cspNonce: '{{nonce}}' },
  build: {
    target: 'es2022',
    outDir: '../../../dist/web/app',
    emptyOutDir: true,
    // The policy lets in no `data:` but the empty icon.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      onLog(level, log, keep) {
        // 'use client' is for servers that draw pages; there is none here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') keep(level, log);
      },
    },
  },
});
