import type { ApolloServerPlugin, GraphQLRequestListener, GraphQLResponse } from '@apollo/server';
import type { RequestContext } from '../../api/context';

type Listener = GraphQLRequestListener<RequestContext>;
type At<Point extends keyof Listener> = Listener[Point] extends
  ((request: infer Request) => unknown) | undefined
  ? Request
  : never;
type Started = Parameters<NonNullable<ApolloServerPlugin<RequestContext>['requestDidStart']>>[0];

/** What one part of the path does at the points of a request. */
export interface RequestPart {
  didResolveSource?(request: At<'didResolveSource'>): void;
  didResolveOperation?(request: At<'didResolveOperation'>): void;
  responseForOperation?(
    request: At<'responseForOperation'>,
  ): GraphQLResponse | null | Promise<GraphQLResponse | null>;
  didEncounterErrors?(request: At<'didEncounterErrors'>): void;
  willSendResponse?(request: At<'willSendResponse'>): void;
}

/** Begins its part of one request. */
export type StartPart = (request: Started) => RequestPart;

const done = Promise.resolve();

/**
 * Joins parts into one plugin, in their order. Apollo waits for a promise of each plugin at each
 * point, even if the plugin has nothing to wait for.
 */
export function joinParts(
  starts: readonly StartPart[],
): Required<Pick<ApolloServerPlugin<RequestContext>, 'requestDidStart'>> {
  return {
    requestDidStart(started) {
      const parts = starts.map((start) => start(started));
      return Promise.resolve<Listener>({
        didResolveSource(request) {
          for (const part of parts) part.didResolveSource?.(request);
          return done;
        },
        didResolveOperation(request) {
          for (const part of parts) part.didResolveOperation?.(request);
          return done;
        },
        async responseForOperation(request) {
          for (const part of parts) {
            const response = part.responseForOperation?.(request);
            const found = response instanceof Promise ? await response : response;
            if (found) return found;
          }
          return null;
        },
        didEncounterErrors(request) {
          for (const part of parts) part.didEncounterErrors?.(request);
          return done;
        },
        willSendResponse(request) {
          for (const part of parts) part.willSendResponse?.(request);
          return done;
        },
      });
    },
  };
}
