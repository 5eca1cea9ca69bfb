import type { FastifyInstance } from 'fastify';
import { BuiltFiles } from './built-files';

const fileName = 'day-pass-gate.js';

/**
 * `/embed/day-pass-gate.js`: the gate, for pages of any origin. Its name never changes, so browsers
 * check each time whether the file has changed, and no page keeps an old release.
 */
export function addEmbedRoute(app: FastifyInstance): void {
  const files = new BuiltFiles('embed');
  app.get(`/embed/${fileName}`, async (request, reply) => {
    reply
      // A script without secrets: every page may load it.
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'no-cache');
    return files.send(request, reply, fileName);
  });
}
