import { createUnionType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { OperatorType } from '../accounts/operator.type';
import { agentsById } from '../agents/agent.queries';
import { AgentType, toAgent } from '../agents/agent.type';
import type { RequestContext } from '../api/context';
import { apiKeysById } from '../keys/api-key.queries';
import type { JournalEntry } from '../journal/journal-entry';
import { ApiKeyType, toApiKey } from '../keys/api-key.type';
import { purchasesById } from '../purchases/purchase.queries';
import { PurchaseType, toPurchase } from '../purchases/purchase.type';
import { walletsById } from '../wallets/wallet.queries';
import { toWallet, WalletType } from '../wallets/wallet.type';
import { consumptionsById } from './consumption.queries';
import { ConsumptionType, toConsumption } from './consumption.type';
import {
  DayPassConsumed,
  DayPassesGranted,
  DayPassesPurchased,
  DayPassEvent,
  DayPassExpired,
  DayPassReversed,
} from './event.type';

export const DayPassActor = createUnionType({
  name: 'DayPassActor',
  description:
    'The agent, the key or the operator that caused an entry of the journal or an audited act. More kinds may be added.',
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
  @FieldResolver(() => WalletType, { description: 'The wallet that it is about.' })
  async wallet(
    @Root() { entry }: DayPassEvent,
    @Ctx() context: RequestContext,
  ): Promise<WalletType> {
    return toWallet(await context.loadExisting(walletsById, entry.walletId));
  }

  @FieldResolver(() => DayPassActor, {
    nullable: true,
    description:
      'The agent, key or operator that caused it; null for the service itself (expiry, alerts) and for an actor that only a newer release knows.',
  })
  actor(
    @Root() { entry }: DayPassEvent,
    @Ctx() context: RequestContext,
  ): Promise<ActorType | null> {
    return loadActor(context, entry.actor);
  }
}

/** The actor that an entry or an act names; null for a kind that only a newer release knows. */
export async function loadActor(
  context: RequestContext,
  actor: JournalEntry['actor'],
): Promise<ActorType | null> {
  if (!actor) return null;
  switch (actor.kind) {
    case 'AGENT':
      return toAgent(await context.loadExisting(agentsById, actor.id));
    case 'API_KEY':
      return toApiKey(await context.loadExisting(apiKeysById, actor.id));
    case 'OPERATOR':
      return Object.assign(new OperatorType(), { name: 'Operator' });
    default:
      return null;
  }
}

@Resolver(() => DayPassesGranted)
export class GrantedResolver {
  @FieldResolver(() => AgentType, {
    nullable: true,
    description: 'The admin who granted them; null for the service itself.',
  })
  async grantedBy(
    @Root() { entry }: DayPassesGranted,
    @Ctx() context: RequestContext,
  ): Promise<AgentType | null> {
    if (entry.actor?.kind !== 'AGENT') return null;
    return toAgent(await context.loadExisting(agentsById, entry.actor.id));
  }
}

@Resolver(() => DayPassConsumed)
export class ConsumedResolver {
  @FieldResolver(() => ConsumptionType, { description: 'The pass that was taken.' })
  consumption(
    @Root() event: DayPassConsumed,
    @Ctx() context: RequestContext,
  ): Promise<ConsumptionType> {
    return consumptionOfEvent(event, context);
  }
}

@Resolver(() => DayPassReversed)
export class ReversedResolver {
  @FieldResolver(() => ConsumptionType, { description: 'The pass that was taken back.' })
  consumption(
    @Root() event: DayPassReversed,
    @Ctx() context: RequestContext,
  ): Promise<ConsumptionType> {
    return consumptionOfEvent(event, context);
  }
}

@Resolver(() => DayPassesPurchased)
export class PurchasedResolver {
  @FieldResolver(() => PurchaseType, { description: 'What was bought.' })
  async purchase(
    @Root() { entry }: DayPassesPurchased,
    @Ctx() context: RequestContext,
  ): Promise<PurchaseType> {
    const id = String(entry.payload.purchaseId);
    return toPurchase(await context.loadExisting(purchasesById, id));
  }
}

@Resolver(() => DayPassExpired)
export class ExpiredResolver {
  @FieldResolver(() => ConsumptionType, { description: 'The pass whose day is over.' })
  consumption(
    @Root() event: DayPassExpired,
    @Ctx() context: RequestContext,
  ): Promise<ConsumptionType> {
    return consumptionOfEvent(event, context);
  }
}

async function consumptionOfEvent(
  { entry }: DayPassEvent,
  context: RequestContext,
): Promise<ConsumptionType> {
  if (!entry.consumptionId) throw new Error(`Entry ${entry.id} names no consumption.`);
  return toConsumption(await context.loadExisting(consumptionsById, entry.consumptionId));
}
