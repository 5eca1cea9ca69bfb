import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Nobody waits longer for a restart than for a first start with its database. */
const restartMaxMs = 120_000;

/**
 * Vite's part: it serves the modules of the pages, and hands everything else to the service, over
 * HTTP, WebSocket and SSE. A request that arrives during a restart waits for it.
 */
export function pagesOf(service, root) {
  const folder = join(root, 'src/web/app');
  return {
    proxy: {
      '^/': {
        target: service.url,
        ws: true,
        bypass: ({ url, headers }) => (isOfVite(url, folder) && !headers.upgrade ? url : undefined),
      },
    },
    plugin: {
      name: 'daypass-pages',
      configureServer(vite) {
        vite.middlewares.use((request, response, next) => {
          if (isOfVite(request.url, folder)) return next();
          answer(request, response, next).catch(next);
        });
        const answer = async (request, response, next) => {
          await inTime(service.up);
          const answered = wantsPage(request) && (await askFor(service, request.url));
          if (!answered) return next();
          const page = readFileSync(join(folder, 'index.html'), 'utf8')
            .replace('{{offers}}', answered.offers)
            .replace('{{explorer}}', 'graphiql')
            .replace('{{base}}', '/');
          const made = await vite.transformIndexHtml(request.url, page);
          // An address without a page is answered by the same page, with 404.
          response.statusCode = answered.status;
          response.setHeader('content-type', 'text/html; charset=utf-8');
          response.end(made.replaceAll('{{nonce}}', ''));
        };
      },
    },
  };
}

/** Modules, and the files beside the page's source. */
function isOfVite(url, folder) {
  const { pathname } = new URL(url, 'http://localhost');
  if (/^\/(@|node_modules\/|src\/)/.test(pathname)) return true;
  return [folder, join(folder, 'public')]
    .map((place) => join(place, pathname))
    .some((file) => existsSync(file) && statSync(file).isFile());
}

const wantsPage = ({ method, headers }) =>
  method === 'GET' && /\btext\/html\b/.test(headers.accept ?? '');

/**
 * How the service answers with its page: the status, and what the sign-in offers. Null if that address
 * has another page.
 */
async function askFor(service, url) {
  const response = await fetch(service.url + url, { headers: { accept: 'text/html' } });
  const text = await response.text();
  const offers = /<meta name="daypass-sign-in" content="([^"]*)"/.exec(text)?.[1];
  return offers === undefined ? null : { status: response.status, offers };
}

async function inTime(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('The service does not start.')), restartMaxMs);
  });
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
