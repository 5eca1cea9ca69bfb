import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';

const style = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { max-width: 44rem; margin: 3rem auto; padding: 0 1.25rem; }
  h1 { font-size: 1.5rem; }
  h2 { font-size: 1.125rem; margin: 0; }
  button { font: inherit; padding: 0.5rem 1.25rem; border-radius: 0.375rem; cursor: pointer; }
  article { border-top: 1px solid #888; padding: 1rem 0; }
  pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** Everything from this service, no script and no other style in the page itself, and no frames. */
const policy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  `connect-src 'self'`,
  // An empty icon: without it browsers request one.
  `img-src data:`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

/** Answers one of our small pages. `head`: what it links to, by relative addresses. */
export function sendPage(
  reply: FastifyReply,
  { title, head = '', body }: { title: string; head?: string; body: string },
): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <style>${style}</style>
    ${head}
  </head>
  <body>
${body}
  </body>
</html>
`,
    );
}
