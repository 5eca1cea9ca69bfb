import type { GraphQLSchema } from 'graphql';
import type { RequestContext } from './context';

/**
 * After each mutation its request reads again: the payload shows what was written, and an agent who
 * has just used a pass has access.
 */
export function renewAfterMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    if (!resolve) continue;
    field.resolve = async (root, args, context: RequestContext, info) => {
      const payload: unknown = await resolve(root, args, context, info);
      context.renew();
      return payload;
    };
  }
}
