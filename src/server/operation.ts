import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { randomUUID } from 'node:crypto';
import { RequestContext, type Services } from '../api/context';
import { doorError, logFault, publicError } from '../api/errors';
import { GraphQLError, type GraphQLSchema } from 'graphql';

/** Bounds on one request's text; the same at every door. */
export const requestBounds = {
  bodyBytes: 256 * 1024,
  tokens: 5_000,
};

/** Logs the faults of an operation under the id of its request. */
const faultLog: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        for (const error of errors) logFault(error, contextValue.log);
      },
    };
  },
};

/**
 * The one path behind every door: authentication, the request's context, parsing, validation,
 * execution and the translation of errors are here, and a door only carries bytes.
 */
export class Operations {
  readonly apollo: ApolloServer<RequestContext>;

  constructor(
    readonly schema: GraphQLSchema,
    readonly services: Services,
    options: { introspection: boolean },
  ) {
    this.apollo = new ApolloServer<RequestContext>({
      schema,
      introspection: options.introspection,
      includeStacktraceInErrorResponses: false,
      allowBatchedHttpRequests: false,
      csrfPrevention: true,
      stopOnTerminationSignals: false,
      hideSchemaDetailsFromClientErrors: !options.introspection,
      parseOptions: { maxTokens: requestBounds.tokens },
      plugins: [ApolloServerPluginCacheControlDisabled(), faultLog],
      formatError: publicError,
      logger: services.log,
    });
  }

  /** The context of one request. Throws the GraphQLError to answer where the bearer is not valid. */
  async contextOf(authorization: string | undefined, requestId?: string): Promise<RequestContext> {
    const id = requestId ?? randomUUID();
    try {
      const principal = await this.services.authenticator.authenticate(authorization);
      return new RequestContext(this.services, principal, id);
    } catch (thrown) {
      const log = this.services.log.child({ requestId: id });
      const { message, extensions } = doorError(thrown, log);
      const status = extensions?.code === 'UNAUTHENTICATED' ? 401 : 500;
      throw new GraphQLError(message, { extensions: { ...extensions, http: { status } } });
    }
  }
}
