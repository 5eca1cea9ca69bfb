import { GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { orphanedTypes, resolvers } from './registry';

/** type-graphql wants a pub/sub even where every subscription reads the journal: this one refuses. */
const noPubSub = {
  publish() {
    throw new Error('Nothing is published in this process: subscriptions read the journal.');
  },
  subscribe(): never {
    throw new Error('Subscriptions read the journal.');
  },
};

/** The executable schema, built from the resolvers. */
export function buildApiSchema(): GraphQLSchema {
  return buildSchemaSync({ resolvers, orphanedTypes, validate: false, pubSub: noPubSub });
}

/** The schema as a text, sorted, the same on every machine: what is committed for review. */
export function printApiSchema(): string {
  return `${printSchema(lexicographicSortSchema(buildApiSchema()))}\n`;
}
