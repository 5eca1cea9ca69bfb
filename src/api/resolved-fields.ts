import { isObjectType, type GraphQLSchema, type ResponsePath } from 'graphql';
import type { RequestContext } from './context';

/**
 * Lets an executor continue a query that another one has begun: it receives the promises that
 * resolvers have returned, and calls only the other resolvers.
 */
export function continueResolvedFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (!resolve) continue;
      field.resolve = (root, args, context: RequestContext, info) => {
        const known = context.resolved?.get(placeOf(info.path));
        return known ?? resolve(root, args, context, info);
      };
    }
  }
}

/** The text of a path: names have no dots. */
export function placeOf({ prev, key }: ResponsePath): string {
  return prev ? `${placeOf(prev)}.${key}` : String(key);
}
