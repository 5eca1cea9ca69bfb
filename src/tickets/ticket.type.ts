import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import { defineEnum } from '../api/enum';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import type { TicketRow } from '../db/tables/ticket';

export const TicketStatus = defineEnum<TicketRow['status']>(
  'TicketStatus',
  'The status of a ticket.',
  {
    OPEN: 'An agent has to work on it.',
    PENDING: 'It waits for another person, e.g. the requester.',
    RESOLVED: 'The service desk considers it solved.',
    CLOSED: 'It is finished.',
  },
);

export const TicketPriority = defineEnum<TicketRow['priority']>(
  'TicketPriority',
  'The priority of a ticket.',
  {
    LOW: 'Lower than most tickets.',
    MEDIUM: 'The usual priority.',
    HIGH: 'Higher than most tickets.',
    URGENT: 'To be worked on at once.',
  },
);

@Guarded<TicketType>((context) => context.permissions.require('tickets:read'))
@ObjectType('Ticket', {
  implements: Node,
  description:
    'A ticket of the service desk. For agents with the section TICKETS and access to the agent portal, so an occasional agent needs a day pass; an API key needs the scope tickets:read.',
})
export class TicketType implements Node {
  @Field(() => ID, { description: 'The opaque id of this ticket.' })
  id!: string;

  @Field(() => Int, {
    description: 'The number of the ticket in the account: 1, 2, 3, without gaps.',
  })
  number!: number;

  @Field(() => String, { description: 'The subject, in one line.' })
  subject!: string;

  @Field(() => String, { description: 'The full text of the ticket; may be empty.' })
  description!: string;

  @Field(() => TicketStatus, { description: 'The status of the ticket.' })
  status!: TicketRow['status'];

  @Field(() => TicketPriority, { description: 'The priority of the ticket.' })
  priority!: TicketRow['priority'];

  @Field(() => String, { description: 'The name of the person who requested the ticket.' })
  requesterName!: string;

  @Field(() => String, {
    description:
      'The e-mail address of the requester, in lower case; empty if the requester has none.',
  })
  requesterEmail!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The id that the service desk gave the ticket; null if it has none.',
  })
  externalId!: string | null;

  @Field(() => DateTimeScalar, { description: 'When the ticket was created in this service.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, {
    description: 'When the ticket was last changed in this service, a reply included.',
  })
  updatedAt!: Date;

  /** The row's id: what field resolvers look up by. */
  rowId!: string;
  clientId!: string | null;
  assigneeId!: string | null;
}

export function toTicket(row: TicketRow): TicketType {
  return { ...row, id: nodeId('Ticket', row.id), rowId: row.id };
}

export const TicketConnection = connectionTypeOf(
  'Ticket',
  () => TicketType,
  'A page of a list of tickets: the highest number first, unless orderBy is given.',
);
