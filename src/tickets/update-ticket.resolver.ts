import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import { UserError, userErrorsOf } from '../api/user-error';
import { TicketPriority, TicketStatus, TicketType, toTicket } from './ticket.type';
import { updateTicket } from './update-ticket';

@InputType({
  description:
    'What to change on a ticket. A field that is left out stays unchanged; null is the same as left out, unless the field says that null clears it.',
})
class UpdateTicketInput {
  @Field(() => ID, { description: 'The id of the ticket.' })
  ticketId!: string;

  @Field(() => TicketStatus, { nullable: true, description: 'The new status.' })
  status?: keyof typeof TicketStatus | null;

  @Field(() => TicketPriority, { nullable: true, description: 'The new priority.' })
  priority?: keyof typeof TicketPriority | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The id of the agent to assign the ticket to, who must be ACTIVE. Null clears it: the ticket is then assigned to nobody.',
  })
  assigneeId?: string | null;
}

@ObjectType({ description: 'The result of updating a ticket.' })
class UpdateTicketPayload {
  @Field(() => TicketType, {
    nullable: true,
    description: 'The ticket after the change; null if the request was refused.',
  })
  ticket!: TicketType | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'AGENT_NOT_ACTIVE'))
  userErrors!: UserError[];
}

@Resolver()
export class UpdateTicketResolver {
  @Mutation(() => UpdateTicketPayload, {
    nullable: true,
    description:
      'Changes the status, priority or assignee of a ticket. For agents with the section TICKETS and access to the agent portal; an API key needs the scope tickets:write.',
  })
  async updateTicket(
    @Arg('input', () => UpdateTicketInput, { description: 'The ticket and the changes.' })
    input: UpdateTicketInput,
    @Ctx() context: RequestContext,
  ): Promise<UpdateTicketPayload> {
    await context.permissions.require('tickets:update');
    const { ticket, userErrors } = await updateTicket(context.account.state, {
      ticketId: rowIdOrNone('Ticket', input.ticketId),
      status: input.status ?? null,
      priority: input.priority ?? null,
      assigneeId:
        input.assigneeId === undefined ? undefined : rowIdOrNone('Agent', input.assigneeId),
      nowMs: await context.reads.accountNowMs(),
    });
    return { ticket: ticket && toTicket(ticket), userErrors };
  }
}
