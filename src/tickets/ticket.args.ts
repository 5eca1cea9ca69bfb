import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../api/connection';
import { defineEnum } from '../api/enum';
import { OrderDirection } from '../api/order';
import { DateTimeScalar } from '../api/scalars';
import type { ticketOrders } from './ticket.queries';
import { TicketStatus } from './ticket.type';

const TicketOrderField = defineEnum<keyof typeof ticketOrders>(
  'TicketOrderField',
  'What tickets are ordered by.',
  {
    NUMBER: 'The number in the account.',
    CREATED_AT: 'When the ticket was first written here.',
    UPDATED_AT: 'When the ticket was last changed here.',
  },
);

@InputType({ description: 'The order of a list of tickets.' })
class TicketOrder {
  @Field(() => TicketOrderField, { description: 'What to order by.' })
  field!: keyof typeof TicketOrderField;

  @Field(() => OrderDirection, { description: 'Which way.' })
  direction!: OrderDirection;
}

@InputType({ description: 'Each given filter must hold; null is the same as not given.' })
class TicketFilter {
  @Field(() => TicketStatus, { nullable: true, description: 'Those of one status only.' })
  status?: keyof typeof TicketStatus | null;

  @Field(() => ID, { nullable: true, description: "Those of one client only, by the client's id." })
  clientId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Those of one assignee only, by the agent's id.",
  })
  assigneeId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A part of the subject, of the requester's name or address or of the external id, in any case, or the ticket's number (136 or #136); 200 characters at most.",
  })
  search?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Those of these external ids only; 1,000 at most.',
  })
  externalIds?: string[] | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Those changed at this instant or later.',
  })
  updatedSince?: number | null;
}

@ArgsType()
export class TicketsArgs extends PageArgs {
  @Field(() => TicketFilter, { nullable: true, description: 'Which tickets; left out: all.' })
  filter?: TicketFilter | null;

  @Field(() => TicketOrder, { nullable: true, description: 'Left out: the highest number first.' })
  orderBy?: TicketOrder | null;
}
