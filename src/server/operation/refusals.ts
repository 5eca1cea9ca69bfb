import { HeaderMap } from '@apollo/server';
import { Kind, type DocumentNode, type GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { RequestContext } from '../../api/context';
import { boundFailure } from '../../api/errors';
import type { OperationRequest } from './operation-request';
import type { StartPart } from './request-parts';

/** The document for a refused request: Apollo finds no operation in it, and runs nothing. */
const nothing: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

/** A request as Apollo passes it to its plugins; a parsed document may be set there. */
interface Prepared {
  document?: DocumentNode;
}

/**
 * Gives Apollo the document of each request, so that Apollo does not parse and validate it again,
 * and returns what `prepare` refuses. Apollo uses a document that is set before it parses.
 */
export function preparedDocuments(
  prepare: (
    request: OperationRequest,
    context: RequestContext,
  ) => DocumentNode | readonly GraphQLError[],
  toPublic: (fault: GraphQLError) => GraphQLFormattedError,
): StartPart {
  return () => {
    let faults: readonly GraphQLError[] | null = null;
    return {
      didResolveSource(requestContext) {
        const { contextValue, source: query, request } = requestContext;
        const { operationName, variables, extensions } = request;
        const prepared =
          contextValue.document ??
          prepare({ query, operationName, variables, extensions }, contextValue);
        const isDocument = 'kind' in prepared;
        faults = isDocument ? null : prepared;
        (requestContext as Prepared).document = isDocument ? prepared : nothing;
      },
      responseForOperation() {
        if (!faults) return null;
        const errors = faults.map(toPublic);
        const http = { status: undefined, headers: new HeaderMap() };
        return { http, body: { kind: 'single', singleResult: { errors } } };
      },
      willSendResponse({ response: { body } }) {
        if (body.kind !== 'single' || !body.singleResult.errors) return;
        const { errors } = body.singleResult;
        Object.assign(body.singleResult, boundFailure({ ...body.singleResult, errors }));
      },
    };
  };
}
