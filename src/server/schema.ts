import { GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, getMetadataStorage } from 'type-graphql';
import { applyGuards } from '../api/guard';
import { refuseUnstorableArguments, tidyMutationTexts } from '../api/input-door';
import { renewAfterMutations } from '../api/renew-reads';
import { resumeAtReadersPlace } from '../api/resume';
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

/** The executable schema: built from the resolvers, and guarded the same at every door. */
export function buildApiSchema(): GraphQLSchema {
  // What no resolver answers is read off the object, without type-graphql's wrapping around each field.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true;
  const schema = buildSchemaSync({ resolvers, orphanedTypes, validate: false, pubSub: noPubSub });
  applyGuards(schema);
  renewAfterMutations(schema);
  refuseUnstorableArguments(schema);
  tidyMutationTexts(schema);
  resumeAtReadersPlace(schema);
  return schema;
}

/** The schema as a text, sorted, the same on every machine: what is committed for review. */
export function printApiSchema(): string {
  return `${printSchema(lexicographicSortSchema(buildApiSchema()))}\n`;
}
