import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseTooMany } from '../api/filter.rules';
import { UserError, userErrorsOf } from '../api/user-error';
import { TicketPriority, TicketStatus, TicketType, toTicket } from './ticket.type';
import type { TicketUpsert } from './ticket.rules';
import { upsertTickets } from './upsert-tickets';

@InputType({
  description:
    'A ticket as the service desk knows it. A field that is left out stays unchanged; null is the same as left out, unless the field says that null clears it.',
})
class UpsertTicketInput implements TicketUpsert {
  @Field(() => String, {
    description:
      'The id that the service desk gave the ticket, 1 to 200 characters. It decides which ticket is written.',
  })
  externalId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The subject, 1 to 500 characters. Required: an item without it is refused with VALIDATION_FAILED.',
  })
  subject?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The full text, at most 50,000 characters. Default for a new ticket: empty. Null clears it.',
  })
  description?: string | null;

  @Field(() => TicketStatus, {
    nullable: true,
    description: 'The status. Default for a new ticket: OPEN.',
  })
  status?: keyof typeof TicketStatus | null;

  @Field(() => TicketPriority, {
    nullable: true,
    description: 'The priority. Default for a new ticket: MEDIUM.',
  })
  priority?: keyof typeof TicketPriority | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The client that the ticket belongs to, by the client's external id. Null clears it.",
  })
  clientExternalId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of the requester, 1 to 200 characters. Required: an item without it is refused with VALIDATION_FAILED.',
  })
  requesterName?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The e-mail address of the requester: exactly one. A requester who called or walked in may have none: leave it out of a new ticket. An empty text removes the address.',
  })
  requesterEmail?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The agent to assign the ticket to, by the agent's e-mail address. The agent must be ACTIVE, unless the ticket is already assigned to the agent. Null clears it.",
  })
  assigneeEmail?: string | null;
}

@InputType({ description: 'Tickets of the service desk: at most 100.' })
class UpsertTicketsInput {
  @Field(() => [UpsertTicketInput], {
    description:
      'The tickets, processed in this order. Each is written or refused separately; userErrors.field names it, e.g. ["tickets", "3", "subject"].',
  })
  tickets!: UpsertTicketInput[];
}

@ObjectType({ description: 'The result of writing tickets.' })
class UpsertTicketsPayload {
  @Field(() => [TicketType], {
    nullable: true,
    description:
      'The tickets that were written or were already up to date, in the order of the input.',
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
      'Creates or updates tickets as the service desk knows them, by their external ids. For account admins with access to the agent portal; an API key needs the scope tickets:write.',
  })
  async upsertTickets(
    @Arg('input', () => UpsertTicketsInput, { description: 'The tickets to write.' })
    input: UpsertTicketsInput,
    @Ctx() context: RequestContext,
  ): Promise<UpsertTicketsPayload> {
    await context.permissions.require('tickets:write');
    refuseTooMany(input.tickets);
    const { tickets, userErrors } = await upsertTickets(context.account.state, {
      tickets: input.tickets,
      nowMs: await context.reads.accountNowMs(),
      attribution: context.caller.attribution,
    });
    return { tickets: tickets.map(toTicket), userErrors };
  }
}
