import type { DocumentNode, ExecutionArgs, GraphQLError } from 'graphql';
import type { RequestContext } from '../../api/context';

/** An operation as a socket or an event stream asks for it. */
export interface OperationRequest {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
  extensions?: Record<string, unknown> | null;
  /** The method of the HTTP request that carries it: what a GET must not do is refused at every door. */
  method?: string;
}

/** An operation whose document is valid. */
export interface ValidOperation extends ExecutionArgs {
  document: DocumentNode;
  contextValue: RequestContext;
}

/** The same, with the request that it came in. */
export interface PreparedOperation extends ValidOperation {
  request: OperationRequest;
}

/** What a door receives for a request: the operation to run, or the faults to answer. */
export type Preparation =
  | { is: 'PREPARED'; operation: PreparedOperation }
  | { is: 'REFUSED'; faults: readonly GraphQLError[] };

/** The context of an operation, or the fault to answer if its credential was revoked. */
export type Admission =
  { is: 'ADMITTED'; context: RequestContext } | { is: 'REFUSED'; faults: readonly GraphQLError[] };
