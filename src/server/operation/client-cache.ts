import {
  isAbstractType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  type GraphQLSchema,
} from 'graphql';
import { buildApiSchema } from './schema';

/** What caches of clients ask of a schema, in the words of Apollo Client. */
export interface ClientCache {
  /** Of each interface: the types that an answer may have in its place. */
  possibleTypes: Record<string, string[]>;
  /** What an object is kept by; false: it has no identity and is kept within its parent. */
  keyFields: Record<string, string[] | false>;
  /** What an own scalar is in JSON, in TypeScript's words. */
  scalars: Record<string, string>;
}

/** Read off the schema, sorted, so that it never says anything else. */
export function clientCacheOf(schema: GraphQLSchema = buildApiSchema()): ClientCache {
  const cache: ClientCache = { possibleTypes: {}, keyFields: {}, scalars: {} };
  const sorted = lexicographicSortSchema(schema);
  const roots = [sorted.getQueryType(), sorted.getMutationType(), sorted.getSubscriptionType()];
  for (const type of Object.values(sorted.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    if (isAbstractType(type)) {
      cache.possibleTypes[type.name] = sorted.getPossibleTypes(type).map(({ name }) => name);
    } else if (isObjectType(type) && !roots.includes(type)) {
      cache.keyFields[type.name] = 'id' in type.getFields() ? ['id'] : false;
    } else if (isScalarType(type) && !isSpecifiedScalarType(type)) {
      cache.scalars[type.name] = type.name === 'JSON' ? 'unknown' : 'string';
    }
  }
  return cache;
}
