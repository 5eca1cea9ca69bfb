import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseTooMany } from '../api/filter.rules';
import { UserError, userErrorsOf } from '../api/user-error';
import { ClientType, toClient } from './client.type';
import { upsertClients, type ClientUpsert } from './upsert-clients';

@InputType({ description: 'A client as the service desk knows it.' })
class UpsertClientInput implements ClientUpsert {
  @Field(() => String, {
    description:
      'The id that the service desk gave the client, 1 to 200 characters. It decides which client is written.',
  })
  externalId!: string;

  @Field(() => String, { description: 'The display name, 1 to 200 characters.' })
  name!: string;
}

@InputType({
  description:
    'Clients of the service desk: at most 100. Each is written or refused separately; userErrors.field names it, e.g. ["clients", "3", "name"].',
})
class UpsertClientsInput {
  @Field(() => [UpsertClientInput], { description: 'The clients, processed in this order.' })
  clients!: UpsertClientInput[];
}

@ObjectType({ description: 'The result of writing clients.' })
class UpsertClientsPayload {
  @Field(() => [ClientType], {
    nullable: true,
    description:
      'The clients that were written or were already up to date, in the order of the input.',
  })
  clients!: ClientType[] | null;

  @Field(() => [UserError], userErrorsOf('VALIDATION_FAILED'))
  userErrors!: UserError[];
}

@Resolver()
export class UpsertClientsResolver {
  @Mutation(() => UpsertClientsPayload, {
    nullable: true,
    description:
      'Creates or updates clients as the service desk knows them, by their external ids. For account admins with access to the agent portal; an API key needs the scope tickets:write.',
  })
  async upsertClients(
    @Arg('input', () => UpsertClientsInput, { description: 'The clients to write.' })
    input: UpsertClientsInput,
    @Ctx() context: RequestContext,
  ): Promise<UpsertClientsPayload> {
    await context.permissions.require('tickets:write');
    refuseTooMany(input.clients);
    const { clients, userErrors } = await upsertClients(context.account.state, {
      clients: input.clients,
      nowMs: await context.reads.accountNowMs(),
      attribution: context.caller.attribution,
    });
    return { clients: clients.map(toClient), userErrors };
  }
}
