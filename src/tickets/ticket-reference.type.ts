import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import { defineEnum } from '../api/enum';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import type { TicketRow } from '../db/tables/ticket';
import { TicketStatus } from './ticket.type';

export const TicketRelation = defineEnum('TicketRelation', 'How a person is related to a ticket.', {
  REQUESTED: 'The person requested the ticket.',
  ASSIGNED: 'The person is an agent, and the ticket is assigned to this agent.',
});

@ObjectType('TicketReference', {
  implements: Node,
  description:
    'The part of a ticket that can be read without access to the agent portal. Only the person who requested the ticket, or is assigned to it, may read it.',
})
export class TicketReferenceType implements Node {
  @Field(() => ID, { description: 'The opaque id of this reference.' })
  id!: string;

  @Field(() => ID, { description: 'The id of the ticket. Pass it to portalAccess.' })
  ticketId!: string;

  @Field(() => Int, { description: "The ticket's number in the account." })
  number!: number;

  @Field(() => String, { description: 'The subject of the ticket, in one line.' })
  subject!: string;

  @Field(() => TicketStatus, { description: 'The status of the ticket.' })
  status!: TicketRow['status'];

  @Field(() => DateTimeScalar, { description: 'When the ticket was created in this service.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When the ticket was last changed in this service.' })
  updatedAt!: Date;
}

export function toTicketReference(row: TicketRow): TicketReferenceType {
  const { number, subject, status, createdAt, updatedAt } = row;
  const [id, ticketId] = [nodeId('TicketReference', row.id), nodeId('Ticket', row.id)];
  return { id, ticketId, number, subject, status, createdAt, updatedAt };
}

export const TicketReferenceConnection = connectionTypeOf(
  'TicketReference',
  () => TicketReferenceType,
  'A page of a list of ticket references, newest first.',
);
