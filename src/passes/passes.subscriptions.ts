import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Resolver,
  Root,
  Subscription,
  type SubscribeResolverData,
} from 'type-graphql';
import { agentsById } from '../agents/agent.queries';
import type { RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import { Resumable } from '../api/resume';
import { DomainError } from '../core/domain-error';
import { encodeCursor } from '../journal/cursor';
import type { JournalEntry } from '../journal/journal-entry';
import { walletsById } from '../wallets/wallet.queries';
import { toWallet, WalletType } from '../wallets/wallet.type';
import { entryStream } from './event.streams';
import { DayPassEvent, DayPassExpired, toEvent } from './event.type';
import { GateArgs, gateQuestion } from './gate.args';
import { PortalAccess } from './portal-access.type';
import { portalAccessStream } from './portal-access.streams';
import { WalletChangeType } from './wallet-change.type';
import { walletStream } from './wallet.streams';

/** Streams of entries begin with the next one. */
const entryPlaces = {
  cursorOf: (entry: JournalEntry) => encodeCursor(entry),
  beginsWithState: false,
};

const afterText = 'A cursor of this journal: what came behind it first.';

@ArgsType()
class WalletStreamArgs {
  @Field(() => ID, { nullable: true, description: "Left out: the account's own wallet." })
  walletId?: string | null;

  @Field(() => String, { nullable: true, description: afterText })
  after?: string | null;
}

@ArgsType()
class ExpiryStreamArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'Of one agent; left out: of all one may hear of.',
  })
  agentId?: string | null;

  @Field(() => String, { nullable: true, description: afterText })
  after?: string | null;
}

@ArgsType()
class EventStreamArgs {
  @Field(() => String, { nullable: true, description: afterText })
  after?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of one wallet; left out: the whole journal.' })
  walletId?: string | null;
}

type Subscribe<StreamArgs extends object> = SubscribeResolverData<
  unknown,
  StreamArgs,
  RequestContext
>;

@Resolver(() => WalletChangeType)
export class PassSubscriptions {
  @Subscription(() => WalletChangeType, {
    description:
      "The balance of one wallet (the account's own by default): its present state at once, then every change. With `after`, every change since that cursor first. A consumer that is too slow gets one message with resync: true in place of those it missed, and the state in it is current.",
    subscribe: ({ args, context }: Subscribe<WalletStreamArgs>) =>
      walletStream(context, {
        walletId: rowIdOrNone('DayPassWallet', args.walletId),
        after: args.after ?? null,
      }),
  })
  @Resumable({ cursorOf: ({ cursor }: WalletChangeType) => cursor, beginsWithState: true })
  dayPassWalletChanged(
    @Root() change: WalletChangeType,
    @Args(() => WalletStreamArgs) _args: WalletStreamArgs,
  ): WalletChangeType {
    return change;
  }

  @Subscription(() => DayPassExpired, {
    description:
      "Passes that end: the journal's own entries. An agent hears of its own; an admin or a service key of all, or of one agent's. Never skips; see dayPassEvents.",
    subscribe: expiryStream,
  })
  @Resumable(entryPlaces)
  dayPassExpired(
    @Root() entry: JournalEntry,
    @Args(() => ExpiryStreamArgs) _args: ExpiryStreamArgs,
  ): DayPassExpired {
    return toEvent(entry);
  }

  @Subscription(() => DayPassEvent, {
    description:
      "The whole journal as it grows, for partners: resumable, in order, without gaps (with walletId: the account's sequence, so numbers are left out). With `after`, from the entry after it; without, from the next new one. It never skips and sends no resync: a consumer that is slow is read for again from the journal when it catches up, or closed and may come back with its last cursor.",
    subscribe: eventStream,
  })
  @Resumable(entryPlaces)
  dayPassEvents(
    @Root() entry: JournalEntry,
    @Args(() => EventStreamArgs) _args: EventStreamArgs,
  ): DayPassEvent {
    return toEvent(entry);
  }

  @Subscription(() => PortalAccess, {
    description:
      "The viewer's own gate: the present decision at once, then each new one: granted in another tab, ended at midnight, reversed, deactivated or converted, section taken away, wallet emptied or filled again, test clock moved. A mere change of the balance is none.",
    subscribe: ({ args, context }: Subscribe<GateArgs>) =>
      portalAccessStream(context, gateQuestion(args)),
  })
  portalAccessChanged(
    @Root() access: PortalAccess,
    @Args(() => GateArgs) _args: GateArgs,
  ): PortalAccess {
    return access;
  }

  @FieldResolver(() => WalletType, {
    description:
      'The wallet now: at least as new as this message, which may be an old one while a stream catches up.',
  })
  async wallet(
    @Root() { walletId }: WalletChangeType,
    @Ctx() context: RequestContext,
  ): Promise<WalletType> {
    return toWallet(await context.loadExisting(walletsById, walletId));
  }

  @FieldResolver(() => DayPassEvent, {
    nullable: true,
    description:
      'What changed the balance; null in the first message, in a resync and to whoever lacks journal:read.',
  })
  async cause(
    @Root() { entry }: WalletChangeType,
    @Ctx() context: RequestContext,
  ): Promise<DayPassEvent | null> {
    return entry && (await context.has('journal:read')) ? toEvent(entry) : null;
  }
}

/** An agent's own expiries need no more than to be that agent; all others, the journal. */
async function expiryStream({ args, context }: Subscribe<ExpiryStreamArgs>) {
  const { agentId: viewerId } = context.viewer;
  const asked = rowIdOrNone('Agent', args.agentId);
  const standing = await context.standing();
  const isAdmin = standing?.agent.role === 'ACCOUNT_ADMIN';
  const agentId = asked ?? (isAdmin ? null : viewerId);
  const isOwn = agentId !== null && agentId === viewerId;
  if (asked !== null && !isOwn) {
    await context.require('journal:read');
    if (!(await context.load(agentsById, asked))) {
      throw new DomainError('NOT_FOUND', 'There is no such agent.');
    }
  }
  return entryStream(context, {
    right: isOwn ? 'own:read' : 'journal:read',
    after: args.after ?? null,
    wants: (entry) =>
      entry.kind === 'DayPassExpired' && (agentId === null || entry.agentId === agentId),
  });
}

async function eventStream({ args, context }: Subscribe<EventStreamArgs>) {
  const walletId = rowIdOrNone('DayPassWallet', args.walletId);
  await context.require('journal:read');
  if (walletId !== null && !(await context.load(walletsById, walletId))) {
    throw new DomainError('NOT_FOUND', 'There is no such wallet.');
  }
  return entryStream(context, {
    right: 'journal:read',
    after: args.after ?? null,
    wants: (entry) => walletId === null || entry.walletId === walletId,
  });
}
