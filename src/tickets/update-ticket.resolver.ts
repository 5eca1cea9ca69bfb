import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import { UserError, userErrorsOf } from '../api/user-error';
import { TicketPriority, TicketStatus, TicketType, toTicket } from './ticket.type';
import { updateTicket } from './update-ticket';

@InputType({
  description:
    'Gated: needs section TICKETS and access now. What is left out is unchanged; null is the same as left out, unless the field says that it clears.',
})
class UpdateTicketInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId!: string;

  @Field(() => TicketStatus, { nullable: true, description: 'Where it stands from now on.' })
  status?: keyof typeof TicketStatus | null;

  @Field(() => TicketPriority, { nullable: true, description: 'How much it matters from now on.' })
  priority?: keyof typeof TicketPriority | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The agent who works on it from now on, who must be ACTIVE. Null: nobody.',
  })
  assigneeId?: string | null;
}

@ObjectType({ description: 'What came of an update of a ticket.' })
class UpdateTicketPayload {
  @Field(() => TicketType, {
    nullable: true,
    description: 'The ticket after it; null where it was refused.',
  })
  ticket!: TicketType | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'AGENT_NOT_ACTIVE'))
  userErrors!: UserError[];
}

@Resolver()
export class UpdateTicketResolver {
  @Mutation(() => UpdateTicketPayload, {
    nullable: true,
    description: 'Changes a ticket. For whoever may use the section TICKETS and is in.',
  })
  async updateTicket(
    @Arg('input', () => UpdateTicketInput, { description: 'Which ticket, and what of it.' })
    input: UpdateTicketInput,
    @Ctx() context: RequestContext,
  ): Promise<UpdateTicketPayload> {
    await context.require('tickets:update');
    const { ticket, userErrors } = await updateTicket(context.state, {
      ticketId: rowIdOrNone('Ticket', input.ticketId),
      status: input.status ?? null,
      priority: input.priority ?? null,
      assigneeId:
        input.assigneeId === undefined ? undefined : rowIdOrNone('Agent', input.assigneeId),
      nowMs: await context.accountNowMs(),
    });
    return { ticket: ticket && toTicket(ticket), userErrors };
  }
}
