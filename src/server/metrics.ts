import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { RequestContext } from '../api/context';
import { faultCodes } from '../core/domain-error';
import type { Door, Metrics, OperationType } from '../core/metrics';
import type { LedgerWriterOptions } from '../ledger/account-writer';

/** The doors whose requests are routed, by route. */
const doors = new Map<string, Door>([
  ['/graphql', 'http'],
  ['/graphql/stream', 'sse'],
]);

/** `/metrics`: what this process counts, in Prometheus' text format. */
export function addMetricsRoute(app: FastifyInstance, metrics: Metrics): void {
  // A body that is too large or no JSON comes to no operation, and so past Apollo.
  app.addHook('onError', async (request, reply, error) => {
    const door = doors.get(request.routeOptions.url ?? '');
    if (!door) return;
    const code = (error.statusCode ?? 500) < 500 ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
    metrics.requestAnswered({ door, type: 'unknown', code, ms: reply.elapsedTime });
  });
  app.get('/metrics', async (_request, reply) => {
    const { contentType, body } = await metrics.text();
    return reply.type(contentType).send(body);
  });
}

/** What the ledger's writer tells of its batches and commands. */
export function ledgerMetrics(
  metrics: Metrics,
): Required<Pick<LedgerWriterOptions, 'observe' | 'answered'>> {
  return {
    observe: (batch) => metrics.batchCommitted(batch),
    answered: (kind, outcome) => {
      const word = outcome?.status === 'refused' ? outcome.code : outcome?.status;
      metrics.commandAnswered(kind, word ?? 'failed');
    },
  };
}

/**
 * Counts what Apollo answers: all of HTTP, and the queries and mutations of other doors. Subscriptions,
 * and what those doors refuse before it runs, are counted beside it.
 */
export function requestMetrics(metrics: Metrics): ApolloServerPlugin<RequestContext> {
  /** What fails before there is an operation: a bearer that is not valid, a body that is none. */
  const refused = async ({ error }: { error: Error }) => {
    const { extensions } = error as { extensions?: Record<string, unknown> };
    metrics.requestAnswered({ door: 'http', type: 'unknown', code: knownCode(extensions), ms: 0 });
  };
  return {
    contextCreationDidFail: refused,
    invalidRequestWasReceived: refused,
    unexpectedErrorProcessingRequest: refused,
    async requestDidStart({ contextValue: { origin } }) {
      const { door } = origin;
      const startedAt = performance.now();
      return {
        async willSendResponse({ operation, response: { body } }) {
          const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
          const type: OperationType = operation?.operation ?? 'unknown';
          const ms = performance.now() - startedAt;
          metrics.requestAnswered({ door, type, code: codeOf(errors), ms });
        },
      };
    },
  };
}

/** OK, or the code of the first fault. */
export function codeOf(errors: readonly GraphQLFormattedError[] | undefined): string {
  return errors?.[0] ? knownCode(errors[0].extensions) : 'OK';
}

/** A code of the closed list and no other: whatever else there is would be a value without bound. */
function knownCode(extensions: Record<string, unknown> | undefined): string {
  const given = extensions?.code;
  if (given === 'BAD_REQUEST') return 'BAD_USER_INPUT';
  return faultCodes.find((code) => code === given) ?? 'INTERNAL_SERVER_ERROR';
}
