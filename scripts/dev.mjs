/**
 * `npm run dev`: the service from its sources, restarted when one changes; the pages by Vite, which
 * reloads them; types generated again when a `.graphql` document or the schema changes. One address
 * for all, that of PORT, and one Ctrl-C to end it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { pagesOf } from './dev/pages.mjs';
import { DevService, freePort } from './dev/service.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const port = Number(process.env.PORT ?? 4000);
const publicUrl = process.env.PUBLIC_URL ?? `http://localhost:${port}`;
const watched = [
  'src',
  'migrations',
  'ormconfig.ts',
  'schema/schema.graphql',
  'codegen.yml',
  'test',
  'docs',
  'README.md',
  'SECURITY.md',
];
/** An editor that saves several files at once causes one restart. */
const settleMs = 100;
const schemaFile = join(root, 'schema/schema.graphql');

process.chdir(root);
// The service reads the built gate and documentation, which must be current, and the built page,
// which Vite replaces.
await build('gate', 'docs', ...(existsSync('dist/web/app/index.html') ? [] : ['pages']));
const service = new DevService(root, { port: await freePort(), publicUrl });
const { plugin, proxy } = pagesOf(service, root);
const vite = await createServer({
  configFile: join(root, 'src/web/app/vite.config.mjs'),
  appType: 'custom',
  plugins: [plugin],
  server: { port, strictPort: true, host: '127.0.0.1', proxy },
});
await vite.listen();
watch();
process.on('SIGINT', end);
process.on('SIGTERM', end);
await restart();

/** What a changed file asks for, by its path. */
function tasksOf(path) {
  if (/\.graphql$|^codegen\.yml$/.test(path)) return [codegen];
  if (path.startsWith('test/')) return [];
  if (path.endsWith('.md')) return [docs];
  if (path.startsWith('src/web/gate/')) return [gate];
  return path.startsWith('src/web/') ? [] : [restart];
}

function watch() {
  const wanted = new Set();
  let timer;
  vite.watcher.add(watched.map((path) => join(root, path)));
  vite.watcher.on('all', (event, file) => {
    if (event.endsWith('Dir')) return;
    const path = relative(root, file).split(sep).join('/');
    if (path.includes('generated/')) return;
    for (const task of tasksOf(path)) wanted.add(task);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const tasks = [...wanted];
      wanted.clear();
      for (const task of tasks) task().catch((error) => console.error(error.message));
    }, settleMs);
  });
}

async function codegen() {
  await build('codegen');
}

async function gate() {
  await build('gate');
  await restart();
}

/** The service keeps what it has sent once, so it starts again. */
async function docs() {
  await build('docs');
  await restart();
}

async function restart() {
  await service.restart();
  await service.up;
  // The resolvers are the source of the schema: documents are typed by what they say now.
  const schema = await (await fetch(`${service.url}/schema.graphql`)).text();
  if (schema !== readFileSync(schemaFile, 'utf8')) writeFileSync(schemaFile, schema);
}

/** Builds parts of the clone; reports what is wrong with them and continues. */
async function build(...parts) {
  const child = spawn(process.execPath, ['scripts/ready.mjs', ...parts], { stdio: 'inherit' });
  await once(child, 'exit');
}

async function end() {
  await Promise.all([service.stop(), vite.close()]);
  process.exit(0);
}
