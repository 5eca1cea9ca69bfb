/**
 * A small partner's portal: serves the examples on their own origin, and gives their pages the
 * bearer tokens that the gate needs. Start the service first (`npm start`), then `npm run
 * examples`.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '4100' },
    service: { type: 'string', default: 'http://127.0.0.1:4000' },
    account: { type: 'string', default: 'sandbox' },
    email: { type: 'string', default: 'tomas.rojas@sandbox.example' },
  },
});

/** All that the gate needs of a strict policy: the service for its script, and for its socket. */
const policy = [
  `default-src 'none'`,
  `script-src 'self' ${options.service}`,
  `connect-src 'self' ${options.service.replace(/^http/, 'ws')}`,
  `style-src 'self'`,
  `img-src data:`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

const pages = new Map([
  ['/', { type: 'text/html', read: () => page('plain-html/index.html') }],
  ['/react', { type: 'text/html', read: () => page('react/index.html') }],
  ['/portal.css', { type: 'text/css', read: () => readFile(join(here, 'portal.css')) }],
  [
    '/plain.js',
    { type: 'text/javascript', read: () => readFile(join(here, 'plain-html/portal.js')) },
  ],
  ['/react.js', { type: 'text/javascript', read: () => reactScript }],
]);

const reactScript = await bundle(join(here, 'react/portal.jsx'));

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error.message);
    response.writeHead(500).end();
  });
});
server.listen(Number(options.port), '127.0.0.1', () => {
  const { port } = server.address();
  console.log(`Plain HTML  http://127.0.0.1:${port}/\nReact       http://127.0.0.1:${port}/react`);
});

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://portal');
  if (pathname === '/bearer') return answerBearer(request, response);
  const found = pages.get(pathname);
  if (!found) return response.writeHead(404).end();
  const body = await found.read();
  response.setHeader('content-type', `${found.type}; charset=utf-8`);
  response.setHeader('content-security-policy', policy);
  response.end(body);
}

/**
 * A real portal knows the agent from its own session, and opens a portal session for that agent
 * (`createPortalSession`, with a service key); docs/embed.md shows it. Here it is always the same
 * agent.
 */
async function answerBearer(request, response) {
  const isOurPage = request.headers['sec-fetch-site'] === 'same-origin';
  if (request.method !== 'POST' || !isOurPage) return response.writeHead(403).end();
  const daypass = join(here, '..', 'bin', 'daypass.js');
  const { account, email } = options;
  const args = [daypass, 'token', '--account', account, '--email', email];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: join(here, '..') });
  response.setHeader('cache-control', 'no-store').end(stdout.trim());
}

async function page(file) {
  const html = await readFile(join(here, file), 'utf8');
  return html.replaceAll('https://daypass.example', options.service);
}

/** The React page in one script; your portal has its own build. */
async function bundle(entry) {
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'react' } },
  });
  return output[0].code;
}
