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

/** What the caches of clients need to know about a schema, in the terms of Apollo Client. */
export interface ClientCache {
  /** Of each interface: the types that an answer may have in its place. */
  possibleTypes: Record<string, string[]>;
  /** The key fields of an object; false: it has no identity and is stored within its parent. */
  keyFields: Record<string, string[] | false>;
  /** The JSON form of our own scalars, as TypeScript types. */
  scalars: Record<string, string>;
}

/** Derived from the schema, sorted, so that it always agrees with it. */
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
