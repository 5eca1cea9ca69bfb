import { Args, ArgsType, Ctx, Field, InputType, Query, Resolver } from 'type-graphql';
import { PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { readPage } from '../api/read-page';
import { clientList, clientsById } from './client.queries';
import { ClientConnection, ClientType, toClient } from './client.type';

@InputType({
  description:
    'Filters for clients. A client must match each filter that is given. Null is the same as not given.',
})
class ClientFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Only clients whose name or external id contains this text, ignoring upper and lower case; at most 200 characters.',
  })
  search?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Only clients with these external ids; at most 1,000.',
  })
  externalIds?: string[] | null;
}

@ArgsType()
class ClientsArgs extends PageArgs {
  @Field(() => ClientFilter, {
    nullable: true,
    description: 'Which clients to list. Default: all.',
  })
  filter?: ClientFilter | null;
}

@Resolver(() => ClientType)
export class ClientResolver {
  @Query(() => ClientConnection, {
    nullable: true,
    description:
      'The clients of the account, by name. For agents with the section TICKETS and access to the agent portal; an API key needs the scope tickets:read.',
  })
  async clients(
    @Args(() => ClientsArgs) { filter, ...page }: ClientsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ClientType>> {
    await context.permissions.require('tickets:read');
    return readPage(
      context.account.scope,
      clientList(context.account.scope, filter ?? {}),
      page,
      toClient,
    );
  }
}

export const loadClientNode: NodeLoader = async (context, rowId) => {
  await context.permissions.require('tickets:read');
  const row = await context.reads.load(clientsById, rowId);
  return row && toClient(row);
};
