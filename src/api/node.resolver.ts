import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { DomainError } from '../core/domain-error';
import type { RequestContext } from './context';
import { Node, parseNodeId } from './node';

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
    return loadNode(context, id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description:
      'Many at once, in the order asked for, with null in the place of what is not there.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'At most 100 ids that this service gave out.' })
    ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<object | null | Error>[] {
    if (ids.length > nodesMax) {
      throw new DomainError('BAD_USER_INPUT', `At most ${nodesMax} ids may be asked for at once.`);
    }
    for (const id of ids) parseNodeId(id);
    return ids.map((id) => loadNode(context, id));
  }
}

async function loadNode(context: RequestContext, id: string): Promise<object | null> {
  const { services, viewer } = context;
  const { type, id: rowId } = parseNodeId(id);
  const load = viewer && services.nodes.get(type);
  return load ? load(context, rowId) : null;
}
