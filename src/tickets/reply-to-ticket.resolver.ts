import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseTexts } from '../api/input.rules';
import { rowIdOrNone } from '../api/node';
import { UserError, userErrorsOf } from '../api/user-error';
import { replyToTicket } from './reply-to-ticket';
import { TicketReplyType, toTicketReply } from './ticket-reply.type';
import { TicketStatus, TicketType, toTicket } from './ticket.type';

@InputType({ description: 'Gated: needs section TICKETS and access now.' })
class ReplyToTicketInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId!: string;

  @Field(() => String, { description: 'What to write on it, 1 to 20,000 characters.' })
  body!: string;

  @Field(() => TicketStatus, {
    nullable: true,
    description: 'Where the ticket stands from then on. Left out: unchanged.',
  })
  status?: keyof typeof TicketStatus | null;

  @Field(() => String, {
    description:
      '1 to 200 characters of your own, kept for ever: the same key again answers the same and writes nothing.',
  })
  idempotencyKey!: string;
}

@ObjectType({ description: 'What came of a reply on a ticket.' })
class ReplyToTicketPayload {
  @Field(() => TicketReplyType, {
    nullable: true,
    description: 'What was written; null where it was refused.',
  })
  reply!: TicketReplyType | null;

  @Field(() => TicketType, {
    nullable: true,
    description: 'The ticket after it; null where it was refused.',
  })
  ticket!: TicketType | null;

  @Field(() => Boolean, { description: 'Whether another request had used the key before.' })
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
    description: 'Writes on a ticket. For whoever may use the section TICKETS and is in.',
  })
  async replyToTicket(
    @Arg('input', () => ReplyToTicketInput, { description: 'On which ticket, and what.' })
    input: ReplyToTicketInput,
    @Ctx() context: RequestContext,
  ): Promise<ReplyToTicketPayload> {
    await context.require('tickets:update');
    const invalid = refuseTexts({
      body: [input.body, 20_000],
      idempotencyKey: [input.idempotencyKey, 200],
    });
    if (invalid) return { reply: null, ticket: null, replayed: false, userErrors: [invalid] };

    const { agentId, keyId } = context.viewer;
    const { reply, ticket, ...rest } = await replyToTicket(context.state, {
      ticketId: rowIdOrNone('Ticket', input.ticketId),
      author: { agentId, keyId },
      body: input.body,
      status: input.status ?? null,
      key: input.idempotencyKey,
      nowMs: await context.accountNowMs(),
    });
    return { ...rest, reply: reply && toTicketReply(reply), ticket: ticket && toTicket(ticket) };
  }
}
