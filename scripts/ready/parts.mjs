/** The generated documents of the pages and of the gate are inputs of their builds. */
const generated = ['src/web/generated/gate.ts', 'src/web/generated/app.ts'];

/**
 * What a clone builds, in this order. A part is built again only if one of its `sources` (files, or
 * folders with all that is in them) or of the files that it `makes` has changed. The parts that it
 * `needs` are built before it.
 */
export const parts = [
  {
    name: 'codegen',
    sources: ['codegen.yml', 'schema/schema.graphql', 'src/web', 'test'],
    isSource: (path) => /\.(graphql|yml)$/.test(path),
    makes: [...generated, 'test/generated/operations.ts'],
    program: ['node_modules/@graphql-codegen/cli/cjs/bin.js', '--config', 'codegen.yml'],
  },
  {
    name: 'server',
    sources: ['src', 'migrations', 'ormconfig.ts', 'tsconfig.json'],
    // The server imports nothing of the pages: `npm run rooms` checks that.
    isSource: (path) => !path.startsWith('src/web/'),
    makes: ['dist/src/main.js'],
    program: ['node_modules/typescript7/bin/tsc', '-p', '.'],
  },
  {
    name: 'gate',
    needs: ['codegen'],
    // The rooms that the gate may import.
    sources: ['src/web/gate', 'src/web/api', 'src/web/format', 'src/core', generated[0]],
    makes: ['dist/web/embed/day-pass-gate.js'],
    program: viteBuild('src/web/gate/vite.config.mjs'),
  },
  {
    name: 'pages',
    needs: ['codegen'],
    sources: ['src/web', 'src/core', 'src/time', ...generated],
    makes: ['dist/web/app/index.html'],
    program: viteBuild('src/web/app/vite.config.mjs'),
  },
  {
    name: 'docs',
    sources: ['README.md', 'SECURITY.md', 'docs', 'scripts/docs', 'scripts/build-docs.mjs'],
    makes: ['dist/web/docs/index.html'],
    program: ['scripts/build-docs.mjs'],
  },
  {
    name: 'code-cache',
    needs: ['server'],
    // It names the files of packages too.
    sources: ['dist/.stamps/server', 'package-lock.json'],
    // The service runs without it.
    makes: [],
    // Another Node cannot use it.
    program: ['dist/src/cli/write-code-cache.js', process.version],
  },
];

function viteBuild(config) {
  return ['node_modules/vite/bin/vite.js', 'build', '--config', config];
}
