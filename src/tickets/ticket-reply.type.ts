import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import type { TicketReplyRow } from '../db/tables/ticket-reply';

@Guarded<TicketReplyType>((context) => context.permissions.require('tickets:read'))
@ObjectType('TicketReply', {
  implements: Node,
  description: 'A reply on a ticket. It needs the same permission and access as its ticket.',
})
export class TicketReplyType implements Node {
  @Field(() => ID, { description: 'The opaque id of this reply.' })
  id!: string;

  @Field(() => String, {
    description:
      'The name of the author when the reply was written: of the agent, or of the service key.',
  })
  authorName!: string;

  @Field(() => String, { description: 'The text of the reply, unchanged.' })
  body!: string;

  @Field(() => DateTimeScalar, { description: 'When the reply was written.' })
  createdAt!: Date;

  agentId!: string | null;
}

/** What is shown of a reply. */
export type ShownReply = Pick<
  TicketReplyRow,
  'id' | 'agentId' | 'authorName' | 'body' | 'createdAt'
>;

export function toTicketReply({ id, agentId, authorName, body, createdAt }: ShownReply) {
  return { id: nodeId('TicketReply', id), agentId, authorName, body, createdAt };
}

export const TicketReplyConnection = connectionTypeOf(
  'TicketReply',
  () => TicketReplyType,
  'A page of the replies on a ticket, oldest first.',
);
