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
    description: 'Whatever has that id; null where there is nothing of it in the account.',
  })
  node(
    @Arg('id', () => ID, { description: 'An id that this service gave out.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    return loadNode(context, parseNodeId(id));
  }

  @Extensions(acceptsAnyText)
  @Query(() => [Node], {
    nullable: 'items',
    description:
      'Many at once, in the order asked for, with null in the place of what is not there. An id that this service never gave out is null in its place too.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'At most 100 ids that this service gave out.' })
    ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<object | null | Error>[] {
    if (ids.length > nodesMax) {
      throw new DomainError('BAD_USER_INPUT', `At most ${nodesMax} ids may be asked for at once.`);
    }
    return ids.map((id) => loadNode(context, readNodeId(id)));
  }
}

async function loadNode(
  context: RequestContext,
  named: ReturnType<typeof readNodeId>,
): Promise<object | null> {
  const { services, viewer } = context;
  const load = viewer && named && services.nodes.get(named.type);
  return load ? load(context, named.id) : null;
}
