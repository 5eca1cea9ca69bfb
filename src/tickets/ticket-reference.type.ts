import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import { defineEnum } from '../api/enum';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import type { TicketRow } from '../db/tables/ticket';
import { TicketStatus } from './ticket.type';

export const TicketRelation = defineEnum(
  'TicketRelation',
  'What a person has to do with a ticket.',
  {
    REQUESTED: 'The person asked for it.',
    ASSIGNED: 'The person, an agent, works on it.',
  },
);

@ObjectType('TicketReference', {
  implements: Node,
  description: 'What one may see of a ticket without a pass: enough to click on.',
})
export class TicketReferenceType implements Node {
  @Field(() => ID, { description: 'The opaque id of this reference.' })
  id!: string;

  @Field(() => ID, { description: 'The id to give to portalAccess.' })
  ticketId!: string;

  @Field(() => Int, { description: "The ticket's number in the account." })
  number!: number;

  @Field(() => String, { description: 'What the ticket is about, in one line.' })
  subject!: string;

  @Field(() => TicketStatus, { description: 'Where the ticket stands.' })
  status!: TicketRow['status'];

  @Field(() => DateTimeScalar, { description: 'When the ticket was first written here.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When the ticket was last changed here.' })
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
  'References to tickets, the newest first.',
);
