import {
  DirectiveLocation,
  GraphQLDeprecatedDirective,
  GraphQLDirective,
  GraphQLSchema,
  lexicographicSortSchema,
  printSchema,
  specifiedDirectives,
} from 'graphql';
import { buildSchemaSync, getMetadataStorage } from 'type-graphql';
import { applyGuards } from '../../api/guard';
import { refuseUnstorableArguments, tidyMutationTexts } from '../../api/input-door';
import { renewAfterMutations } from '../../api/renew-reads';
import { continueResolvedFields } from '../../api/resolved-fields';
import { resumeTrackedStreams } from '../../api/resume-tracked-streams';
import { orphanedTypes, resolvers } from '../features';

/**
 * type-graphql needs a pub/sub even though every subscription reads the journal: this one refuses.
 */
const noPubSub = {
  publish() {
    throw new Error('Nothing is published in this process: subscriptions read the journal.');
  },
  subscribe(): never {
    throw new Error('Subscriptions read the journal.');
  },
};

/**
 * graphql-js declares locations of `@deprecated` that are not in the specification of 2021. Clients
 * that check locations, such as Python's graphql-core 3.2.10, could not build a schema from our
 * introspection.
 */
const directives = specifiedDirectives.map((directive) => {
  if (directive !== GraphQLDeprecatedDirective) return directive;
  const { locations, ...rest } = directive.toConfig();
  const known = locations.filter((place) => place !== DirectiveLocation.DIRECTIVE_DEFINITION);
  return new GraphQLDirective({ ...rest, locations: known });
});

let built: GraphQLSchema | undefined;

/**
 * The executable schema: built from the resolvers, and guarded the same at every door. It is built
 * once in a process, which takes a tenth of a second.
 */
export function buildApiSchema(): GraphQLSchema {
  return (built ??= build());
}

function build(): GraphQLSchema {
  // A field without a resolver is read from the object, without type-graphql's wrapper around each
  // field.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true;
  const schema = buildSchemaSync({
    resolvers,
    orphanedTypes,
    directives,
    validate: false,
    // It introspects the whole schema; graphql-js checks it before the first operation.
    skipCheck: true,
    pubSub: noPubSub,
  });
  applyGuards(schema);
  renewAfterMutations(schema);
  refuseUnstorableArguments(schema);
  tidyMutationTexts(schema);
  resumeTrackedStreams(schema);
  continueResolvedFields(schema);
  return schema;
}

/** The schema as a text, sorted, the same on every machine: the committed file. */
export function printApiSchema(schema: GraphQLSchema = buildApiSchema()): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
