import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import type { Principal } from '../access/principal';
import { accountOf } from '../accounts/account.resolver';
import { AccountType } from '../accounts/account.type';
import { agentsById } from '../agents/agent.queries';
import { AgentType, toAgent } from '../agents/agent.type';
import type { RequestContext } from '../api/context';
import { digestOf } from '../core/digest';
import { askGate } from './ask-gate';
import { GateArgs, gateQuestion } from './gate.args';
import { PortalAccess } from './portal-access.type';
import { ViewerType } from './viewer.type';

@ArgsType()
class GateInWordsArgs extends GateArgs {
  @Field(() => String, {
    defaultValue: 'en',
    description: 'The language of the notice, BCP 47; the nearest of the shipped ones is taken.',
  })
  locale!: string;
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'Whoever asks.' })
  viewer(@Ctx() context: RequestContext): ViewerType {
    return viewerOf(context);
  }

  @FieldResolver(() => ID, {
    description:
      'What caches keep the viewer by: opaque, one for each person, key, contact or portal session, and the same after a new bearer. `node` does not find it.',
  })
  id(@Ctx() context: RequestContext): string {
    return viewerId(context.viewer);
  }

  @FieldResolver(() => AccountType, { description: 'The account that the credential belongs to.' })
  account(@Ctx() context: RequestContext): Promise<AccountType> {
    return accountOf(context);
  }

  @FieldResolver(() => AgentType, {
    nullable: true,
    description: 'The agent behind the credential; null for a contact and for a service key.',
  })
  async agent(@Ctx() context: RequestContext): Promise<AgentType | null> {
    const { agentId } = context.viewer;
    const row = agentId ? await context.load(agentsById, agentId) : null;
    return row && toAgent(row);
  }

  @FieldResolver(() => PortalAccess, {
    description:
      'May this agent enter the agent portal (for this ticket) now? Asking never consumes a pass, whatever the credential. A ticket is named by ticketId or ticketExternalId; one that is not there is denied (TICKET_NOT_FOUND), never charged for. The notice is written, and later kept as consent, in `locale`: a BCP 47 tag or a POSIX locale (de-AT, de_AT); the nearest of the shipped languages is used.',
  })
  portalAccess(
    @Args(() => GateInWordsArgs) args: GateInWordsArgs,
    @Ctx() context: RequestContext,
  ): Promise<PortalAccess> {
    const { agentId, kind, sessionKeyId } = context.viewer;
    return askGate(context, {
      ...gateQuestion(args),
      agentId,
      sessionKeyId,
      locale: args.locale,
      // A key cannot give a person's consent.
      confirmationKey: kind === 'AGENT' ? context.services.secrets.confirmation : null,
    });
  }
}

export function viewerOf(context: RequestContext): ViewerType {
  const { kind, scopes } = context.viewer;
  return { kind, scopes };
}

/** By whom a credential is of, never by the credential; an address is not to be read from it. */
function viewerId({ accountId, kind, keyId, agentId, email, sessionKeyId }: Principal): string {
  return digestOf([
    'viewer',
    accountId,
    kind,
    keyId,
    agentId,
    agentId ? null : email,
    sessionKeyId,
  ]);
}
