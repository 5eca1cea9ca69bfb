import { Args, ArgsType, Ctx, Field, InputType, Query, Resolver } from 'type-graphql';
import { PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { readPage } from '../api/read-page';
import { clientList, clientsById } from './client.queries';
import { ClientConnection, ClientType, toClient } from './client.type';

@InputType({ description: 'Each given filter must hold; null is the same as not given.' })
class ClientFilter {
  @Field(() => String, {
    nullable: true,
    description: 'A part of the name or the external id, in any case; 200 characters at most.',
  })
  search?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Those of these external ids only; 1,000 at most.',
  })
  externalIds?: string[] | null;
}

@ArgsType()
class ClientsArgs extends PageArgs {
  @Field(() => ClientFilter, { nullable: true, description: 'Which clients; left out: all.' })
  filter?: ClientFilter | null;
}

@Resolver(() => ClientType)
export class ClientResolver {
  @Query(() => ClientConnection, {
    nullable: true,
    description:
      'The clients of the account, by name, for whoever may use the section TICKETS and is in.',
  })
  async clients(
    @Args(() => ClientsArgs) { filter, ...page }: ClientsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ClientType>> {
    await context.require('tickets:read');
    return readPage(context.scope, clientList(context.scope, filter ?? {}), page, toClient);
  }
}

export const loadClientNode: NodeLoader = async (context, rowId) => {
  await context.require('tickets:read');
  const row = await context.load(clientsById, rowId);
  return row && toClient(row);
};
