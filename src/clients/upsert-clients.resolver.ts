import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseTooMany } from '../api/filter.rules';
import { UserError, userErrorsOf } from '../api/user-error';
import { ClientType, toClient } from './client.type';
import { upsertClients, type ClientUpsert } from './upsert-clients';

@InputType({ description: 'A client as the service desk has it.' })
class UpsertClientInput implements ClientUpsert {
  @Field(() => String, {
    description:
      'The id that the service desk gave it, 1 to 200 characters: it decides which client.',
  })
  externalId!: string;

  @Field(() => String, { description: 'The name that people read, 1 to 200 characters.' })
  name!: string;
}

@InputType({
  description:
    'At most 100 at once; each is written or refused by itself, userErrors.field names it (clients, 3, name).',
})
class UpsertClientsInput {
  @Field(() => [UpsertClientInput], { description: 'The clients, judged in this order.' })
  clients!: UpsertClientInput[];
}

@ObjectType({ description: 'What came of an upsert of clients.' })
class UpsertClientsPayload {
  @Field(() => [ClientType], {
    nullable: true,
    description: 'Those that were written or were so already, in the order of the input.',
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
      'Writes clients as the service desk has them, each by its external id. For account admins who are in.',
  })
  async upsertClients(
    @Arg('input', () => UpsertClientsInput, { description: 'The clients.' })
    input: UpsertClientsInput,
    @Ctx() context: RequestContext,
  ): Promise<UpsertClientsPayload> {
    await context.require('tickets:write');
    refuseTooMany(input.clients);
    const { clients, userErrors } = await upsertClients(context.state, {
      clients: input.clients,
      nowMs: await context.accountNowMs(),
      attribution: context.attribution,
    });
    return { clients: clients.map(toClient), userErrors };
  }
}
