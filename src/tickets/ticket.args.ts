import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../api/connection';
import { defineEnum } from '../api/enum';
import { OrderDirection } from '../api/order';
import { DateTimeScalar } from '../api/scalars';
import type { ticketOrders } from './ticket.queries';
import { TicketStatus } from './ticket.type';

const TicketOrderField = defineEnum<keyof typeof ticketOrders>(
  'TicketOrderField',
  'The field by which a list of tickets is ordered.',
  {
    NUMBER: 'The number of the ticket in the account.',
    CREATED_AT: 'When the ticket was created in this service.',
    UPDATED_AT: 'When the ticket was last changed in this service.',
  },
);

@InputType({ description: 'How to order a list of tickets.' })
class TicketOrder {
  @Field(() => TicketOrderField, { description: 'The field to order by.' })
  field!: keyof typeof TicketOrderField;

  @Field(() => OrderDirection, { description: 'Ascending or descending.' })
  direction!: OrderDirection;
}

@InputType({
  description:
    'Filters for tickets. A ticket must match each filter that is given. Null is the same as not given.',
})
class TicketFilter {
  @Field(() => TicketStatus, { nullable: true, description: 'Only tickets with this status.' })
  status?: keyof typeof TicketStatus | null;

  @Field(() => ID, {
    nullable: true,
    description: "Only tickets of this client, by the client's id.",
  })
  clientId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Only tickets assigned to this agent, by the agent's id.",
  })
  assigneeId?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Only tickets without an assignee.',
  })
  unassigned?: boolean | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Only tickets of the clients for which the calling agent works: those with a ticket that is assigned to this agent. No ticket for a service key.',
  })
  ofMyClients?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Only tickets that contain this text in the subject, the external id, or the requester's name or e-mail address, ignoring upper and lower case; or the ticket with this number (136 or #136). At most 200 characters.",
  })
  search?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Only tickets with these external ids; at most 1,000.',
  })
  externalIds?: string[] | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only tickets that were changed at this instant or later.',
  })
  updatedSince?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only tickets that were created in this service at this instant or later.',
  })
  createdSince?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only tickets that were created in this service before this instant.',
  })
  createdBefore?: number | null;
}

@ArgsType()
export class TicketsArgs extends PageArgs {
  @Field(() => TicketFilter, {
    nullable: true,
    description: 'Which tickets to list. Default: all.',
  })
  filter?: TicketFilter | null;

  @Field(() => TicketOrder, {
    nullable: true,
    description: 'How to order the list. Default: the highest number first.',
  })
  orderBy?: TicketOrder | null;
}
