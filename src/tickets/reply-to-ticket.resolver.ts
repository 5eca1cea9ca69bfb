import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseTexts } from '../api/input.rules';
import { rowIdOrNone } from '../api/node';
import { UserError, userErrorsOf } from '../api/user-error';
import { replyToTicket } from './reply-to-ticket';
import { TicketReplyType, toTicketReply } from './ticket-reply.type';
import { TicketStatus, TicketType, toTicket } from './ticket.type';

@InputType({ description: 'The reply to write on a ticket.' })
class ReplyToTicketInput {
  @Field(() => ID, { description: 'The id of the ticket.' })
  ticketId!: string;

  @Field(() => String, { description: 'The text of the reply, 1 to 20,000 characters.' })
  body!: string;

  @Field(() => TicketStatus, {
    nullable: true,
    description: 'The new status of the ticket. If left out, the status stays unchanged.',
  })
  status?: keyof typeof TicketStatus | null;

  @Field(() => String, {
    description:
      'A key of your choice, 1 to 200 characters. A repeated request with the same key gets the same answer and writes nothing. Keys are kept forever.',
  })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The result of a reply on a ticket.' })
class ReplyToTicketPayload {
  @Field(() => TicketReplyType, {
    nullable: true,
    description: 'The new reply; null if the request was refused.',
  })
  reply!: TicketReplyType | null;

  @Field(() => TicketType, {
    nullable: true,
    description: 'The ticket after the reply; null if the request was refused.',
  })
  ticket!: TicketType | null;

  @Field(() => Boolean, {
    description: 'Whether an earlier request had already used the idempotency key.',
  })
  replayed!: boolean;

  @Field(
    () => [UserError],
    userErrorsOf('NOT_FOUND', 'VALIDATION_FAILED', 'IDEMPOTENCY_KEY_REUSED'),
  )
  userErrors!: UserError[];
}

@Resolver()
export class ReplyToTicketResolver {
  @Mutation(() => ReplyToTicketPayload, {
    nullable: true,
    description:
      'Writes a reply on a ticket. For agents with the section TICKETS and access to the agent portal; an API key needs the scope tickets:write.',
  })
  async replyToTicket(
    @Arg('input', () => ReplyToTicketInput, { description: 'The ticket and the reply.' })
    input: ReplyToTicketInput,
    @Ctx() context: RequestContext,
  ): Promise<ReplyToTicketPayload> {
    await context.permissions.require('tickets:update');
    const invalid = refuseTexts({
      body: [input.body, 20_000],
      idempotencyKey: [input.idempotencyKey, 200],
    });
    if (invalid) return { reply: null, ticket: null, replayed: false, userErrors: [invalid] };

    const { agentId, keyId } = context.caller.viewer;
    const { reply, ticket, ...rest } = await replyToTicket(context.account.state, {
      ticketId: rowIdOrNone('Ticket', input.ticketId),
      author: { agentId, keyId },
      body: input.body,
      status: input.status ?? null,
      key: input.idempotencyKey,
      nowMs: await context.reads.accountNowMs(),
    });
    return { ...rest, reply: reply && toTicketReply(reply), ticket: ticket && toTicket(ticket) };
  }
}
