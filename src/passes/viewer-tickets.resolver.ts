import { Args, ArgsType, Ctx, Field, FieldResolver, Resolver } from 'type-graphql';
import { PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { readPage } from '../api/read-page';
import { referredTicket, ticketReferenceList } from '../tickets/ticket-reference.queries';
import {
  TicketReferenceConnection,
  TicketReferenceType,
  TicketRelation,
  toTicketReference,
} from '../tickets/ticket-reference.type';
import { ViewerType } from './viewer.type';

@ArgsType()
class TicketReferencesArgs extends PageArgs {
  @Field(() => TicketRelation, {
    defaultValue: 'REQUESTED',
    description: 'What the person has to do with the tickets.',
  })
  relation!: keyof typeof TicketRelation;
}

@Resolver(() => ViewerType)
export class ViewerTicketsResolver {
  @FieldResolver(() => TicketReferenceConnection, {
    nullable: true,
    description:
      'Tickets that this person requested, or is assigned to, as the contact portal and mails list them. Never gated, never consumes; newest first.',
  })
  async ticketReferences(
    @Args(() => TicketReferencesArgs) { relation, ...page }: TicketReferencesArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<TicketReferenceType>> {
    await context.require('references:read');
    const list = ticketReferenceList(context.scope, context.viewer, relation);
    return readPage(context.scope, list, page, toTicketReference);
  }
}

/** A ticket that whoever asks requested or is assigned to; any other is not there. */
export const loadTicketReferenceNode: NodeLoader = async (context, rowId) => {
  await context.require('references:read');
  const row = await referredTicket(context.scope, context.viewer, rowId);
  return row && toTicketReference(row);
};
