import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import { defineEnum } from '../api/enum';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import type { TicketRow } from '../db/tables/ticket';

export const TicketStatus = defineEnum<TicketRow['status']>(
  'TicketStatus',
  'Where a ticket stands.',
  {
    OPEN: 'Somebody has to do something about it.',
    PENDING: 'It waits for somebody else.',
    RESOLVED: 'It is solved, as far as the service desk knows.',
    CLOSED: 'Nothing more will happen to it.',
  },
);

export const TicketPriority = defineEnum<TicketRow['priority']>(
  'TicketPriority',
  'How much a ticket matters.',
  {
    LOW: 'When there is time.',
    MEDIUM: 'In its turn.',
    HIGH: 'Before others.',
    URGENT: 'Now.',
  },
);

@Guarded<TicketType>((context) => context.require('tickets:read'))
@ObjectType('Ticket', {
  implements: Node,
  description: 'A ticket of the service desk. It is gated: an occasional agent needs a day pass.',
})
export class TicketType implements Node {
  @Field(() => ID, { description: 'The opaque id of this ticket.' })
  id!: string;

  @Field(() => Int, { description: 'Its number in the account: 1, 2, 3, without gaps.' })
  number!: number;

  @Field(() => String, { description: 'What it is about, in one line.' })
  subject!: string;

  @Field(() => String, { description: 'What it is about, at length; may be empty.' })
  description!: string;

  @Field(() => TicketStatus, { description: 'Where it stands.' })
  status!: TicketRow['status'];

  @Field(() => TicketPriority, { description: 'How much it matters.' })
  priority!: TicketRow['priority'];

  @Field(() => String, { description: 'Whoever asked for it.' })
  requesterName!: string;

  @Field(() => String, {
    description: "The requester's e-mail address, in lower case; empty if the requester has none.",
  })
  requesterEmail!: string;

  @Field(() => String, { nullable: true, description: 'The id that the service desk gave it.' })
  externalId!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was first written here.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed here.' })
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
  'Tickets of the account: the highest number first, unless orderBy says otherwise.',
);
