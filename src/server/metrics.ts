import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { timingSafeEqual } from 'node:crypto';
import type { RequestContext } from '../api/context';
import type { Config } from '../core/config';
import { digestOf } from '../core/digest';
import { DomainError, faultCodes } from '../core/domain-error';
import type { Door, Metrics, OperationType } from '../core/metrics';
import type { AccountWriterOptions } from '../ledger/writer/account-writer';
import { httpPaths, ssePaths } from './doors/api-paths';
import { HttpRefusal } from './doors/http-policy';
import type { StartPart } from './operation/request-parts';

/** The doors whose requests are routed, by route. */
const doors = new Map<string, Door>([
  ...httpPaths.map((path) => [path, 'http'] as const),
  ...ssePaths.map((path) => [path, 'sse'] as const),
]);

/**
 * `/metrics`: the metrics of this process, in Prometheus' text format, for readers that `config`
 * permits.
 */
export function addMetricsRoute(
  app: FastifyInstance,
  metrics: Metrics,
  config: Pick<Config, 'metrics' | 'metricsToken'>,
): void {
  // A body that is too large or not JSON never becomes an operation, so Apollo does not count it.
  app.addHook('onError', async (request, reply, error) => {
    const door = doors.get(request.routeOptions.url ?? '');
    if (!door) return;
    const code = codeOfRefusal(error);
    metrics.requestAnswered({ door, type: 'unknown', code, ms: reply.elapsedTime });
  });
  // A production without metrics settings has no such address.
  if (config.metrics === 'closed') return;
  const token = config.metricsToken;
  app.get('/metrics', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (token && !isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
      throw new HttpRefusal(
        401,
        'UNAUTHENTICATED',
        'This needs the bearer token of /metrics (DAYPASS_METRICS_TOKEN).',
        {
          'www-authenticate': 'Bearer',
        },
      );
    }
    const { contentType, body } = await metrics.text();
    return reply.type(contentType).send(body);
  });
}

function codeOfRefusal(error: FastifyError): string {
  if (error instanceof DomainError) return error.code;
  const { statusCode = 500 } = error;
  return statusCode < 500 ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
}

/** In constant time, so that the time does not show how much of it was right. */
function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(digestOf([given])), Buffer.from(digestOf([wanted])));
}

/** What the ledger's writer reports about its batches and commands. */
export function ledgerMetrics(
  metrics: Metrics,
): Required<Pick<AccountWriterOptions, 'observe' | 'answered'>> {
  return {
    observe: (batch) => metrics.batchCommitted(batch),
    answered: (kind, outcome) => {
      const word = outcome?.status === 'refused' ? outcome.code : outcome?.status;
      metrics.commandAnswered(kind, word ?? 'failed');
    },
  };
}

/** Counts failures before there is an operation: an invalid bearer token, a malformed body. */
export function refusedRequestMetrics(metrics: Metrics): ApolloServerPlugin<RequestContext> {
  const refused = async ({ error }: { error: Error }) => {
    const { extensions } = error as { extensions?: Record<string, unknown> };
    metrics.requestAnswered({ door: 'http', type: 'unknown', code: knownCode(extensions), ms: 0 });
  };
  return {
    contextCreationDidFail: refused,
    invalidRequestWasReceived: refused,
    unexpectedErrorProcessingRequest: refused,
  };
}

/**
 * Counts the operations that Apollo answers: all of HTTP, and the queries and mutations of other
 * doors. Subscriptions, and operations that those doors refuse before they run, are counted
 * elsewhere.
 */
export function requestMetrics(metrics: Metrics): StartPart {
  return ({ contextValue }) => {
    const { door } = contextValue.caller.origin;
    const startedAt = performance.now();
    return {
      willSendResponse({ operation, response: { body } }) {
        const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
        const type: OperationType = operation?.operation ?? 'unknown';
        const ms = performance.now() - startedAt;
        metrics.requestAnswered({ door, type, code: codeOf(errors), ms });
      },
    };
  };
}

/** OK, or the code of the first fault. */
export function codeOf(errors: readonly GraphQLFormattedError[] | undefined): string {
  return errors?.[0] ? knownCode(errors[0].extensions) : 'OK';
}

/** Only a code of the closed list: other values would be unlimited in number. */
function knownCode(extensions: Record<string, unknown> | undefined): string {
  const given = extensions?.code;
  if (given === 'BAD_REQUEST') return 'BAD_USER_INPUT';
  return faultCodes.find((code) => code === given) ?? 'INTERNAL_SERVER_ERROR';
}
