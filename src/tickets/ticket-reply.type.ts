import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import { Guarded } from '../api/guard';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import type { TicketReplyRow } from '../db/tables/ticket-reply';

@Guarded<TicketReplyType>((context) => context.require('tickets:read'))
@ObjectType('TicketReply', {
  implements: Node,
  description: 'What somebody of the service desk wrote on a ticket. It is gated as its ticket is.',
})
export class TicketReplyType implements Node {
  @Field(() => ID, { description: 'The opaque id of this reply.' })
  id!: string;

  @Field(() => String, {
    description:
      'What the author was called when it was written: the agent’s name, or that of the service key.',
  })
  authorName!: string;

  @Field(() => String, { description: 'What was written, as it was written.' })
  body!: string;

  @Field(() => DateTimeScalar, { description: 'When it was written.' })
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
  'Replies on a ticket, the oldest first.',
);
