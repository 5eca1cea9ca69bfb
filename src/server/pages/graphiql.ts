import type { FastifyInstance, FastifyReply } from 'fastify';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { GraphiqlAssets } from './graphiql-assets';

/**
 * The page's own content security policy: everything from this service, and no inline code except
 * styles, which the editor writes while it runs. The fonts are part of the style sheet.
 */
const policy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `worker-src 'self'`,
  `connect-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data:`,
  `font-src 'self' data:`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

/** Addresses are relative: the service may be below a path. */
const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>API explorer · Daypass</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="graphiql/graphiql.css" />
    <style>
      .bar {
        display: flex;
        gap: 1.5rem;
        align-items: center;
        box-sizing: border-box;
        height: 2.25rem;
        padding-inline: 1rem;
        font: 0.875rem/1.4 system-ui, sans-serif;
        color-scheme: light dark;
        background: light-dark(#fff, #212a3b);
      }
      .bar a {
        color: light-dark(#3045b0, #b5c0f2);
      }
      .bar span {
        margin-inline-start: auto;
        color: light-dark(#55606b, #b0b6bc);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .bar a {
        white-space: nowrap;
      }
      /* The theme that was chosen in the explorer. */
      .graphiql-light .bar {
        color-scheme: light;
      }
      .graphiql-dark .bar {
        color-scheme: dark;
      }
      #root .graphiql-container {
        height: calc(100vh - 2.25rem);
      }
    </style>
    <script defer src="graphiql/graphql-ws.js"></script>
    <script defer src="graphiql/graphiql.js"></script>
    <script defer src="graphiql/start.js"></script>
  </head>
  <body class="no-focus-outline">
    <noscript>The explorer needs JavaScript.</noscript>
    <nav class="bar" aria-label="Daypass">
      <a href=".">Daypass</a>
      <a href="docs/start#the-first-query" target="_blank" rel="noreferrer">Help with this page</a>
      <span id="who" role="status">Not signed in</span>
    </nav>
    <div id="root"></div>
  </body>
</html>
`;

/**
 * `/graphiql`: an explorer of the API that works without a network. Offered if introspection is
 * allowed.
 */
export function addGraphiqlRoutes(app: FastifyInstance): void {
  const assets = new GraphiqlAssets();

  app.get('/graphiql', async (_request, reply) =>
    guarded(reply)
      .header('content-security-policy', policy)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page),
  );

  app.get<{ Params: { name: string } }>('/graphiql/:name', async (request, reply) => {
    const asset = await assets.find(request.params.name);
    if (!asset) return reply.callNotFound();
    guarded(reply)
      .header('cache-control', 'no-cache')
      .header('etag', asset.etag)
      .header('vary', 'accept-encoding');
    if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send();
    reply.type(asset.contentType);
    if (/\bgzip\b/.test(String(request.headers['accept-encoding']))) {
      return reply.header('content-encoding', 'gzip').send(asset.compressed);
    }
    return reply.send(await promisify(gunzip)(asset.compressed));
  });
}

function guarded(reply: FastifyReply): FastifyReply {
  return reply
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cross-origin-resource-policy', 'same-origin');
}
