import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../core/config';
import { DomainError, type FaultCode } from '../core/domain-error';
import { mediaTypeFor } from './media-type';
import { isAllowedOrigin } from './origins';

/** A refusal of HTTP's own, before anything of the body is read. */
export class HttpRefusal extends DomainError {
  constructor(
    readonly statusCode: number,
    code: FaultCode,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(code, message);
  }
}

/** How long a browser may keep the answer to a preflight. */
const preflightSeconds = 600;

/**
 * What every response of the door has in common: headers that tell browsers to make nothing of it but
 * data (a page of ours brings a policy of its own), and which origins may read the API.
 */
export function addManners(app: FastifyInstance, config: Pick<Config, 'origins' | 'production'>) {
  app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: [`'none'`], baseUri: [`'none'`], frameAncestors: [`'none'`] },
    },
    // Development has no certificate, and a browser would remember what it was told of localhost.
    strictTransportSecurity: config.production,
    xFrameOptions: { action: 'deny' },
  });
  app.register(cors, {
    delegator: (request: FastifyRequest, settle: (error: null, options: object) => void) =>
      settle(null, {
        origin: isApi(request) && isAllowedOrigin(request.headers, config.origins),
        // Bearers travel by hand: there is nothing that a browser would add by itself.
        credentials: false,
        methods: ['GET', 'POST'],
        allowedHeaders: ['authorization', 'content-type', 'last-event-id', 'x-request-id'],
        exposedHeaders: ['retry-after', 'x-request-id'],
        maxAge: preflightSeconds,
        strictPreflight: false,
      }),
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!isApi(request)) return;
    reply.header('cache-control', 'no-store');
    if (!isAllowedOrigin(request.headers, config.origins)) {
      throw new HttpRefusal(403, 'FORBIDDEN', 'Pages of that origin may not ask here.');
    }
  });
}

function isApi({ routeOptions }: FastifyRequest): boolean {
  return (
    routeOptions.url?.startsWith('/graphql') === true && !routeOptions.url.startsWith('/graphiql')
  );
}

const served = ['GET', 'POST', 'OPTIONS'];

/** Refuses what GraphQL over HTTP has no answer for: other methods, and media types that are not ours. */
export async function refuseUnservable(request: FastifyRequest): Promise<void> {
  if (!served.includes(request.method)) {
    const message = 'GraphQL is asked for by POST, and queries by GET too.';
    throw new HttpRefusal(405, 'BAD_USER_INPUT', message, { allow: served.join(', ') });
  }
  // A mutation must not run first, to find then that its answer cannot be told.
  if (!mediaTypeFor(request.headers.accept)) {
    const message = 'Answers are application/graphql-response+json or application/json.';
    throw new HttpRefusal(406, 'BAD_USER_INPUT', message);
  }
}
