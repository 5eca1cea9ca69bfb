import type { FastifyInstance } from 'fastify';
import { BuiltFiles } from './built-files';
import { guardPage } from './page-policy';

/**
 * `/docs`: the documentation, built from the repository's Markdown by `scripts/build-docs.mjs`. It
 * holds nothing secret, so it needs no sign-in. The addresses in the pages are relative: the
 * service may be below a path.
 */
export function addDocs(app: FastifyInstance): void {
  const pages = new BuiltFiles('docs');
  const assets = new BuiltFiles('docs/assets');

  app.get('/docs', async (request, reply) =>
    pages.has('index.html')
      ? pages.send(request, guardPage(reply).header('cache-control', 'no-cache'), 'index.html')
      : reply.callNotFound(),
  );
  // The addresses of the list begin at /docs.
  app.get('/docs/', async (_request, reply) => reply.redirect('../docs'));
  app.get<{ Params: { name: string } }>('/docs/:name', async (request, reply) => {
    const { name } = request.params;
    const file = `${name}.html`;
    if (name === 'index' || !pages.has(file)) return reply.callNotFound();
    return pages.send(request, guardPage(reply).header('cache-control', 'no-cache'), file);
  });
  app.get<{ Params: { name: string } }>('/docs/assets/:name', async (request, reply) => {
    const { name } = request.params;
    if (!assets.has(name)) return reply.callNotFound();
    return assets.send(request, reply.header('cache-control', 'no-cache'), name);
  });
}
