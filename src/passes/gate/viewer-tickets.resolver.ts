import { Args, ArgsType, Ctx, Field, FieldResolver, Resolver } from 'type-graphql';
import { agentsById } from '../../agents/agent.queries';
import { PageArgs, type Connection } from '../../api/connection';
import type { NodeLoader, RequestContext } from '../../api/context';
import { readPage } from '../../api/read-page';
import {
  referredTicket,
  ticketReferenceList,
  type TicketPerson,
} from '../../tickets/ticket-reference.queries';
import {
  TicketReferenceConnection,
  TicketReferenceType,
  TicketRelation,
  toTicketReference,
} from '../../tickets/ticket-reference.type';
import { ViewerType } from './viewer.type';

@ArgsType()
class TicketReferencesArgs extends PageArgs {
  @Field(() => TicketRelation, {
    defaultValue: 'REQUESTED',
    description: 'How the person is related to the tickets.',
  })
  relation!: keyof typeof TicketRelation;
}

@Resolver(() => ViewerType)
export class ViewerTicketsResolver {
  @FieldResolver(() => TicketReferenceConnection, {
    nullable: true,
    description:
      'The tickets that this person requested or is assigned to, newest first, as the contact portal and mails list them. Needs no access to the agent portal, and never consumes a pass.',
  })
  async ticketReferences(
    @Args(() => TicketReferencesArgs) { relation, ...page }: TicketReferencesArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<TicketReferenceType>> {
    await context.permissions.require('references:read');
    const list = ticketReferenceList(context.account.scope, await personOf(context), relation);
    return readPage(context.account.scope, list, page, toTicketReference);
  }
}

/** A ticket that the caller requested or is assigned to; other tickets are not found. */
export const loadTicketReferenceNode: NodeLoader = async (context, rowId) => {
  await context.permissions.require('references:read');
  const row = await referredTicket(context.account.scope, await personOf(context), rowId);
  return row && toTicketReference(row);
};

/**
 * The caller, as tickets name people: an agent by its present address, even if its credential has
 * an older one.
 */
async function personOf(context: RequestContext): Promise<TicketPerson> {
  const { email, agentId } = context.caller.viewer;
  if (agentId === null) return { email, agentId };
  const agent = await context.reads.load(agentsById, agentId);
  return { email: agent?.email ?? null, agentId };
}
