import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { randomUUID } from 'node:crypto';
import type { Origin } from '../../access/audit';
import { RequestContext, type RequestServices } from '../../api/context';
import { boundFailure, doorError, logFault, publicError } from '../../api/errors';
import { spenderOf } from '../../api/rate-limit-key';
import { refuseVariables } from '../../api/variables.rules';
import type { Limits } from '../../core/limits';
import { DomainError } from '../../core/domain-error';
import { refuseKeysWithin } from '../../core/forbidden-keys';
import {
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { Principal } from '../../access/principal';
import type { Door, Metrics, OperationType } from '../../core/metrics';
import { ConnectionLimit } from '../doors/connection-limit';
import { BearerEnds } from './bearer-ends';
import { CompiledQueries } from './compiled-queries';
import { chargeOperations, CostLimit } from './cost-limit';
import { Documents } from './documents';
import { codeOf, refusedRequestMetrics, requestMetrics } from '../metrics';
import type {
  Admission,
  OperationRequest,
  Preparation,
  PreparedOperation,
} from './operation-request';
import { passByKey } from './pass-by-key';
import { preparedDocuments } from './refusals';
import { joinParts, type RequestPart } from './request-parts';
import { responseStatus } from './response-status';
import type { Subscription } from './subscription';
import { graphQLErrorOf, refused, Subscriptions } from './subscriptions';
import { withTimeout } from '../with-timeout';

/** The number of faults of variables that are reported; each prints a value. */
const coercion = { maxCoercionErrors: 5 };

/** Logs the faults of an operation under the id of its request. */
const faultLog: RequestPart = {
  didEncounterErrors({ errors, contextValue }) {
    for (const error of errors) logFault(error, contextValue.log);
  },
};

/**
 * Reads the journal's place before any resolver runs, for operations that select it, and after the
 * checks that may refuse an operation.
 */
const journalCursorFirst: RequestPart = {
  responseForOperation({ source, contextValue }) {
    const isRead = contextValue.caller.principal && source.includes('journalCursor');
    return isRead ? contextValue.reads.journalCursor().then(() => null) : null;
  },
};

/** Answers queries by their plans; Apollo executes the others. */
function compiledFirst(queries: CompiledQueries): RequestPart {
  return {
    async responseForOperation({ document, operation, source, request, contextValue }) {
      const { variables } = request;
      const data = await queries.execute({ document, operation, source, variables, contextValue });
      if (!data) return null;
      const http = { status: undefined, headers: new HeaderMap() };
      return { http, body: { kind: 'single', singleResult: { data } } };
    },
  };
}

/**
 * The one path behind every door: authentication, the request's context, parsing, validation,
 * execution and the translation of errors are here, and a door only transports bytes.
 */
export class Operations {
  readonly apollo: ApolloServer<RequestContext>;
  private readonly documents: Documents;
  private readonly costs: CostLimit;
  private readonly subscriptions: Subscriptions;
  readonly limits: Limits;
  /** Counted by the doors whose connections stay open. */
  readonly connections: ConnectionLimit;
  readonly bearerEnds: BearerEnds;

  constructor(
    readonly schema: GraphQLSchema,
    readonly services: RequestServices,
    private readonly options: { introspection: boolean; metrics: Metrics; limits: Limits },
  ) {
    const { limits } = options;
    this.limits = limits;
    this.connections = new ConnectionLimit(limits.connections);
    this.bearerEnds = new BearerEnds(() => services.clock.nowMs());
    this.costs = new CostLimit(schema, limits);
    this.subscriptions = new Subscriptions(this.costs, (door, errors, ms) =>
      this.count(door, 'subscription', errors, ms),
    );
    this.documents = new Documents(schema, limits, { ...options, log: services.log });
    const compiled = compiledFirst(new CompiledQueries(schema));
    this.apollo = new ApolloServer<RequestContext>({
      schema,
      // Our own rule decides for all doors whether introspection is allowed.
      introspection: true,
      // Documents are parsed, kept and refused here, for all doors; see `preparedDocuments`.
      documentStore: null,
      // Off at every door; clients then send the text.
      persistedQueries: false,
      includeStacktraceInErrorResponses: false,
      allowBatchedHttpRequests: false,
      // A page cannot make a browser send a bearer token to another origin without a preflight.
      csrfPrevention: { requestHeaders: ['authorization', 'apollo-require-preflight'] },
      stopOnTerminationSignals: false,
      executionOptions: coercion,
      plugins: [
        ApolloServerPluginCacheControlDisabled(),
        // Left out, Apollo loads it at every start, only to find that there is no federation.
        ApolloServerPluginInlineTraceDisabled(),
        refusedRequestMetrics(options.metrics),
        joinParts([
          preparedDocuments(
            (request, context) => this.read(request, context),
            (fault) => this.masked(fault),
          ),
          () => faultLog,
          chargeOperations(this.costs),
          () => journalCursorFirst,
          () => compiled,
          () => passByKey,
          () => responseStatus,
          requestMetrics(options.metrics),
        ]),
      ],
      formatError: (formatted, thrown) => this.public(formatted, thrown),
      logger: services.log,
    });
  }

  /** Reads what a door was asked for: the operation to run, or the faults to answer. */
  prepare(request: OperationRequest, context: RequestContext): Preparation {
    const document = this.read(request, context);
    if (!('kind' in document)) {
      this.count(context.caller.origin.door, 'unknown', document);
      return { is: 'REFUSED', faults: document };
    }
    const { operationName, variables } = request;
    const operation = {
      schema: this.schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: context,
      hideSuggestions: !this.options.introspection,
      options: coercion,
      request,
    };
    return { is: 'PREPARED', operation };
  }

  /**
   * The document of a request, or the reasons for its refusal. The work on an unknown text is
   * charged.
   */
  private read(
    { query, variables, extensions }: OperationRequest,
    context: RequestContext,
  ): DocumentNode | readonly GraphQLError[] {
    // Apollo's clients look for this message, and then send the text.
    if (extensions?.persistedQuery) return [badInput('PersistedQueryNotSupported')];
    const refusal =
      (variables && refuseVariables(variables)) ?? (extensions && refuseKeysWithin(extensions));
    if (refusal) return [badInput(refusal)];
    const known = this.documents.known(query);
    if (known) return known;
    const charge = this.costs.chargeText(query, spenderOf(context.caller));
    if (charge.refusal) return [graphQLErrorOf(charge.refusal)];
    // Only texts of callers with a credential are kept.
    const document = this.documents.read(query, { keep: context.caller.principal !== null });
    if ('kind' in document) charge.giveBack();
    return document;
  }

  /** Runs a query or a mutation of another door in the same way as one of HTTP. */
  async execute({ request, document, contextValue }: PreparedOperation): Promise<ExecutionResult> {
    const { query, operationName, variables, method } = request;
    const asked = {
      query,
      operationName: operationName ?? undefined,
      variables: variables ?? undefined,
      http: method ? { method, headers: new HeaderMap(), search: '', body: null } : undefined,
    };
    contextValue.document = document;
    const answer = this.apollo.executeOperation(asked, { contextValue });
    try {
      const { body } = await withTimeout(this.limits.answerMs, answer);
      if (body.kind === 'single') return body.singleResult as ExecutionResult;
    } catch (thrown) {
      if (thrown instanceof DomainError) return refused(thrown);
      throw thrown;
    }
    throw new Error('Incremental delivery is not supported.');
  }

  /** Opens a subscription; see `Subscriptions`. */
  subscribe(operation: PreparedOperation): Promise<Subscription> {
    return this.subscriptions.open(operation);
  }

  /**
   * The part of an error that a client may read; errors of `execute` have been translated before.
   */
  masked(error: GraphQLError | GraphQLFormattedError): GraphQLFormattedError {
    if (!(error instanceof GraphQLError)) return error;
    logFault(error, this.services.log);
    return this.public(error.toJSON(), error);
  }

  /** If clients may not ask for the schema, no message suggests its names either. */
  private public(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
    const shown = publicError(formatted, thrown);
    const at = this.options.introspection ? -1 : shown.message.lastIndexOf(' Did you mean ');
    return at < 0 ? shown : { ...shown, message: shown.message.slice(0, at) };
  }

  /** The context of an operation of a socket; the fault to answer if its credential was revoked. */
  async contextFor(
    principal: Principal | null,
    caller: Omit<Origin, 'requestId'>,
  ): Promise<Admission> {
    try {
      if (principal) await this.services.authenticator.confirm(principal);
      const origin = { ...caller, requestId: newRequestId() };
      return { is: 'ADMITTED', context: new RequestContext(this.services, principal, origin) };
    } catch (thrown) {
      if (!(thrown instanceof Error)) throw thrown;
      const fault = new GraphQLError(thrown.message, { originalError: thrown });
      return { is: 'REFUSED', faults: [fault] };
    }
  }

  /** A result with its errors translated for the client. */
  maskedResult(result: ExecutionResult): FormattedExecutionResult {
    if (!result.errors) return result;
    return boundFailure({ ...result, errors: result.errors.map((error) => this.masked(error)) });
  }

  /** The errors of an answer, translated for the client. */
  maskedErrors(
    errors: readonly (GraphQLError | GraphQLFormattedError)[],
  ): readonly GraphQLFormattedError[] {
    return boundFailure({ errors: errors.map((error) => this.masked(error)) }).errors;
  }

  /** Counts the operations of a door that Apollo does not see. */
  count(
    door: Door,
    type: OperationType,
    errors: readonly GraphQLError[] | undefined,
    ms = 0,
  ): void {
    const code = codeOf(errors?.map((error) => publicError(error.toJSON(), error)));
    this.options.metrics.requestAnswered({ door, type, code, ms });
  }

  /** Charges a request for a file to its caller. Throws RATE_LIMITED. */
  chargeFile({ caller }: RequestContext, cost: number): void {
    this.costs.chargeFixed(cost, spenderOf(caller));
  }

  /**
   * The context of one request. Throws the GraphQLError to answer if the bearer token is not valid.
   */
  async contextOf(authorization: string | undefined, origin: Origin): Promise<RequestContext> {
    try {
      const principal = await this.services.authenticator.authenticate(authorization, origin.ip);
      return new RequestContext(this.services, principal, origin);
    } catch (thrown) {
      const log = this.services.log.child({ requestId: origin.requestId });
      const { message, extensions } = doorError(thrown, log);
      const http = refusalHead(extensions?.code);
      throw new GraphQLError(message, { extensions: { ...extensions, http } });
    }
  }
}

/** In one piece: `randomUUID` joins 21 parts, which a socket's operation would keep while it lives. */
function newRequestId(): string {
  return Buffer.from(randomUUID(), 'latin1').toString('latin1');
}

export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** The answer to a request whose bearer token could not be checked, or is not valid. */
function refusalHead(code: unknown): { status: number; headers?: HeaderMap } {
  if (code === 'UNAUTHENTICATED') {
    return { status: 401, headers: new HeaderMap([['www-authenticate', 'Bearer']]) };
  }
  if (code !== 'SERVICE_UNAVAILABLE') return { status: 500 };
  return { status: 503, headers: new HeaderMap([['retry-after', '1']]) };
}
