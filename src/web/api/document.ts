import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';

/** The text of an operation, which knows what it answers and what it has to be given. */
export interface Document<Result, Variables> extends DocumentTypeDecoration<Result, Variables> {
  toString(): string;
}
