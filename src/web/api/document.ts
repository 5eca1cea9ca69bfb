import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';

/** The text of an operation, with the types of its result and its variables. */
export interface Document<Result, Variables> extends DocumentTypeDecoration<Result, Variables> {
  toString(): string;
}
