import { Arg, Ctx, Extensions, ID, Query, Resolver } from 'type-graphql';
import { DomainError } from '../core/domain-error';
import type { RequestContext } from './context';
import { acceptsAnyText } from './input-door';
import { Node, parseNodeId, readNodeId } from './node';

const nodesMax = 100;

@Resolver(() => Node)
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description:
      "The object with this id. Null if the account has no such object. Requires the same permission as the object's own field; without it the answer is FORBIDDEN or DAY_PASS_REQUIRED.",
  })
  node(
    @Arg('id', () => ID, { description: 'An id that this service issued.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    return loadNode(context, parseNodeId(id));
  }

  @Extensions(acceptsAnyText)
  @Query(() => [Node], {
    nullable: 'items',
    description:
      'The objects with these ids, in the order of the ids. The list has null in place of each id that the account has no object for, and of each id that this service never issued.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'At most 100 ids that this service issued.' })
    ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<object | null | Error>[] {
    if (ids.length > nodesMax) {
      throw new DomainError('BAD_USER_INPUT', `Too many ids. Ask for at most ${nodesMax} at once.`);
    }
    return ids.map((id) => loadNode(context, readNodeId(id)));
  }
}

/** The object of a row, as `node` returns it; null if it does not exist. Checks the permission of its type. */
export async function loadNode(
  context: RequestContext,
  named: { type: string; id: string } | null,
): Promise<object | null> {
  const { services, caller } = context;
  // Throws UNAUTHENTICATED without a credential, even if the id is not an id.
  void caller.viewer;
  const load = named && services.nodes.get(named.type);
  return load ? load(context, named.id) : null;
}
