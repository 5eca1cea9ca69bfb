import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import type { Principal } from '../../access/principal';
import { accountOf } from '../../accounts/account.resolver';
import { AccountType } from '../../accounts/account.type';
import { agentsById } from '../../agents/agent.queries';
import { AgentType, toAgent } from '../../agents/agent.type';
import type { RequestContext } from '../../api/context';
import { digestOf } from '../../core/digest';
import { askGate } from './ask-gate';
import { GateArgs, gateQuestion } from './gate.args';
import { PortalAccess } from './portal-access.type';
import { ViewerType } from './viewer.type';

@ArgsType()
class GateInWordsArgs extends GateArgs {
  @Field(() => String, {
    defaultValue: 'en',
    description: 'The language of the notice, BCP 47. The closest available language is used.',
  })
  locale!: string;
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'The caller, as identified by the credential.' })
  viewer(@Ctx() context: RequestContext): ViewerType {
    return viewerOf(context);
  }

  @FieldResolver(() => ID, {
    description:
      'An opaque id for client caches: one for each person, API key, contact or portal session. It stays the same with a new credential of the same person. `node` does not accept it.',
  })
  id(@Ctx() context: RequestContext): string {
    return viewerId(context.caller.viewer);
  }

  @FieldResolver(() => AccountType, { description: 'The account that the credential belongs to.' })
  account(@Ctx() context: RequestContext): Promise<AccountType> {
    return accountOf(context);
  }

  @FieldResolver(() => AgentType, {
    nullable: true,
    description:
      'The agent that the credential belongs to; null for a contact and for a service key.',
  })
  async agent(@Ctx() context: RequestContext): Promise<AgentType | null> {
    const { agentId } = context.caller.viewer;
    const row = agentId ? await context.reads.load(agentsById, agentId) : null;
    return row && toAgent(row);
  }

  @FieldResolver(() => PortalAccess, {
    description:
      'Whether this agent may enter the agent portal now, for this ticket if one is given. Asking never consumes a pass, with any credential. Name a ticket by ticketId or ticketExternalId; a ticket that does not exist is denied with TICKET_NOT_FOUND, and no pass is consumed. `locale` is the language of the notice, which is later kept as the consent: a BCP 47 tag or a POSIX locale (de-AT, de_AT). The closest available language is used.',
  })
  portalAccess(
    @Args(() => GateInWordsArgs) args: GateInWordsArgs,
    @Ctx() context: RequestContext,
  ): Promise<PortalAccess> {
    const { agentId, kind, sessionKeyId } = context.caller.viewer;
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
  const { kind, email, scopes } = context.caller.viewer;
  return { kind, email, scopes };
}

/** From the owner of a credential, never from the credential; the id must not show an address. */
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
