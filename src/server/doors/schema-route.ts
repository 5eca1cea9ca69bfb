import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { createHash } from 'node:crypto';
import { releaseVersion } from '../../core/version';
import { printApiSchema } from '../operation/schema';

/**
 * `/schema.graphql`: the public schema as a text, even if introspection is off, because the
 * repository shows it anyway. Tools ask with `If-None-Match` whether it has changed since.
 */
export function addSchemaRoute(app: FastifyInstance, schema: GraphQLSchema): void {
  const version = releaseVersion();
  let made: { text: string; etag: string } | undefined;
  app.get('/schema.graphql', async (request, reply) => {
    made ??= withTag(printApiSchema(schema));
    reply
      .header('access-control-allow-origin', '*')
      .header('access-control-expose-headers', 'etag, daypass-version')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'no-cache')
      .header('daypass-version', version)
      .header('etag', made.etag);
    if (holdsTag(request.headers['if-none-match'], made.etag)) return reply.code(304).send();
    return reply.type('text/plain; charset=utf-8').send(made.text);
  });
}

function withTag(text: string): { text: string; etag: string } {
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
}

/** A compressing proxy may have made the tag weak. */
function holdsTag(given: string | undefined, etag: string): boolean {
  const tags = (given ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
