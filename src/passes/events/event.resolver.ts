import { createUnionType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { OperatorType } from '../../accounts/operator.type';
import { agentsById } from '../../agents/agent.queries';
import { AgentType, toAgent } from '../../agents/agent.type';
import type { RequestContext } from '../../api/context';
import { apiKeysById } from '../../keys/api-key.queries';
import type { JournalEntry } from '../../journal/journal-entry';
import { ApiKeyType, toApiKey } from '../../keys/api-key.type';
import { findWallet } from '../../wallets/find-wallet';
import { WalletType } from '../../wallets/wallet.type';
import { DayPassEvent } from './event.type';

export const DayPassActor = createUnionType({
  name: 'DayPassActor',
  description:
    'The agent, API key or operator that caused a journal entry or an audited act. More kinds may be added.',
  types: () => [AgentType, ApiKeyType, OperatorType] as const,
  resolveType(actor) {
    if (actor instanceof OperatorType) return OperatorType;
    return 'email' in actor ? AgentType : ApiKeyType;
  },
});

/** What the union's members are in TypeScript. */
export type ActorType = AgentType | ApiKeyType | OperatorType;

@Resolver(() => DayPassEvent)
export class EventResolver {
  @FieldResolver(() => WalletType, { description: 'The wallet of this entry.' })
  async wallet(
    @Root() { entry }: DayPassEvent,
    @Ctx() context: RequestContext,
  ): Promise<WalletType> {
    return findWallet(context, entry.walletId);
  }

  @FieldResolver(() => DayPassActor, {
    nullable: true,
    description:
      'The agent, API key or operator that caused the entry. Null for the service itself (expiry, alerts), and for an actor of a kind that only a newer release knows.',
  })
  actor(
    @Root() { entry }: DayPassEvent,
    @Ctx() context: RequestContext,
  ): Promise<ActorType | null> {
    return loadActor(context, entry.actor);
  }
}

/** The actor of an entry or an act; null for a kind that only a newer release knows. */
export async function loadActor(
  context: RequestContext,
  actor: JournalEntry['actor'],
): Promise<ActorType | null> {
  if (!actor) return null;
  switch (actor.kind) {
    case 'AGENT':
      return toAgent(await context.reads.loadExisting(agentsById, actor.id));
    case 'API_KEY':
      return toApiKey(await context.reads.loadExisting(apiKeysById, actor.id));
    case 'OPERATOR':
      return Object.assign(new OperatorType(), { name: 'Operator' });
    default:
      return null;
  }
}
