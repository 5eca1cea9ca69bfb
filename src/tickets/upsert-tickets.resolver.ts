import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseTooMany } from '../api/filter.rules';
import { UserError, userErrorsOf } from '../api/user-error';
import { TicketPriority, TicketStatus, TicketType, toTicket } from './ticket.type';
import type { TicketUpsert } from './ticket.rules';
import { upsertTickets } from './upsert-tickets';

@InputType({
  description:
    'A ticket as the service desk has it. What is left out is unchanged; null is the same as left out, unless the field says that it clears.',
})
class UpsertTicketInput implements TicketUpsert {
  @Field(() => String, {
    description:
      'The id that the service desk gave it, 1 to 200 characters: it decides which ticket.',
  })
  externalId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What it is about, 1 to 500 characters. An item without it is refused (VALIDATION_FAILED).',
  })
  subject?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'At length, at most 50,000 characters; a new ticket has none. Null clears it.',
  })
  description?: string | null;

  @Field(() => TicketStatus, { nullable: true, description: 'A new ticket is OPEN.' })
  status?: keyof typeof TicketStatus | null;

  @Field(() => TicketPriority, { nullable: true, description: 'A new ticket is MEDIUM.' })
  priority?: keyof typeof TicketPriority | null;

  @Field(() => String, {
    nullable: true,
    description: "The client that it is for, by the client's external id. Null clears it.",
  })
  clientExternalId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of the requester, 1 to 200 characters. An item without it is refused (VALIDATION_FAILED).',
  })
  requesterName?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The requester's e-mail address, exactly one. A requester who called or walked in may have none: leave it out of a new ticket, or give an empty text to take it away.",
  })
  requesterEmail?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The agent who works on it, by the agent's e-mail address. The agent must be ACTIVE, or have the ticket already. Null clears it.",
  })
  assigneeEmail?: string | null;
}

@InputType({ description: 'Tickets of the service desk; at most 100 at once.' })
class UpsertTicketsInput {
  @Field(() => [UpsertTicketInput], {
    description:
      'Each is written or refused by itself, in this order; userErrors.field names it, e.g. ["tickets", "3", "subject"].',
  })
  tickets!: UpsertTicketInput[];
}

@ObjectType({ description: 'What came of an upsert of tickets.' })
class UpsertTicketsPayload {
  @Field(() => [TicketType], {
    nullable: true,
    description: 'Those that were written or were so already, in the order of the input.',
  })
  tickets!: TicketType[] | null;

  @Field(() => [UserError], userErrorsOf('VALIDATION_FAILED', 'NOT_FOUND', 'AGENT_NOT_ACTIVE'))
  userErrors!: UserError[];
}

@Resolver()
export class UpsertTicketsResolver {
  @Mutation(() => UpsertTicketsPayload, {
    nullable: true,
    description:
      'Writes tickets as the service desk has them, each by its external id. For account admins who are in.',
  })
  async upsertTickets(
    @Arg('input', () => UpsertTicketsInput, { description: 'The tickets.' })
    input: UpsertTicketsInput,
    @Ctx() context: RequestContext,
  ): Promise<UpsertTicketsPayload> {
    await context.require('tickets:write');
    refuseTooMany(input.tickets);
    const { tickets, userErrors } = await upsertTickets(context.state, {
      tickets: input.tickets,
      nowMs: await context.accountNowMs(),
      attribution: context.attribution,
    });
    return { tickets: tickets.map(toTicket), userErrors };
  }
}
