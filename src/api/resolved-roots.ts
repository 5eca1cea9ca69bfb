import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { RequestContext } from './context';

/**
 * Lets an executor continue a query that another one has begun: it receives what the resolvers of the
 * root have returned, and calls them only for the other fields.
 */
export function continueResolvedRoots(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (root, args, context: RequestContext, info) => {
      const { resolvedRoots } = context;
      const { key } = info.path;
      if (!resolvedRoots?.has(key)) return resolve(root, args, context, info);
      const value = resolvedRoots.get(key);
      resolvedRoots.delete(key);
      return value;
    };
  }
}
