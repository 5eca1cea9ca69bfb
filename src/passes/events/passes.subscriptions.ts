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
import { agentsById } from '../../agents/agent.queries';
import type { RequestContext } from '../../api/context';
import { rowIdOrNone } from '../../api/node';
import { Tracked } from '../../api/tracked-stream';
import { DomainError } from '../../core/domain-error';
import { encodeCursor } from '../../journal/cursor';
import type { JournalEntry } from '../../journal/journal-entry';
import { walletsById } from '../../wallets/wallet.queries';
import { findWallet } from '../../wallets/find-wallet';
import { WalletType } from '../../wallets/wallet.type';
import { entryStream } from './event.streams';
import { DayPassEvent, toEvent } from './event.type';
import { DayPassExpired } from './kinds/day-pass-expired';
import { GateArgs, gateQuestion } from '../gate/gate.args';
import { PortalAccess } from '../gate/portal-access.type';
import { portalAccessStream } from '../gate/portal-access.streams';
import { WalletChangeType } from './wallet-change.type';
import { walletStream } from './wallet.streams';

/** Streams of entries begin with the next one. */
const entryTracking = {
  eventIdOf: (entry: JournalEntry) => encodeCursor(entry),
  beginsWithState: false,
};

const afterText =
  "A cursor of this account's journal: the stream starts with the entries after it.";

@ArgsType()
class WalletStreamArgs {
  @Field(() => ID, {
    nullable: true,
    description: "The id of the wallet. Default: the account's own wallet.",
  })
  walletId?: string | null;

  @Field(() => String, { nullable: true, description: afterText })
  after?: string | null;
}

@ArgsType()
class ExpiryStreamArgs {
  @Field(() => ID, {
    nullable: true,
    description:
      'Only passes of this agent, by its id. Default: all passes that the caller may read.',
  })
  agentId?: string | null;

  @Field(() => String, { nullable: true, description: afterText })
  after?: string | null;
}

@ArgsType()
class EventStreamArgs {
  @Field(() => String, { nullable: true, description: afterText })
  after?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only entries of this wallet, by its id. Default: all entries of the account.',
  })
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
      'The balance of one wallet: first its present state, then each change. With `after`: first each change since that cursor. A reader that is too slow receives one message with resync: true in place of the messages that it missed; that message has the present state. For active agents; an API key needs the scope wallet:read.',
    subscribe: ({ args, context }: Subscribe<WalletStreamArgs>) =>
      walletStream(context, {
        walletId: rowIdOrNone('DayPassWallet', args.walletId),
        after: args.after ?? null,
      }),
  })
  @Tracked({ eventIdOf: ({ cursor }: WalletChangeType) => cursor, beginsWithState: true })
  dayPassWalletChanged(
    @Root() change: WalletChangeType,
    @Args(() => WalletStreamArgs) _args: WalletStreamArgs,
  ): WalletChangeType {
    return change;
  }

  @Subscription(() => DayPassExpired, {
    description:
      'The ends of day passes, as entries of the journal. Agents receive their own; account admins with access to the agent portal, and service keys with the scope journal:read, receive those of all agents or of one agent. No entry is left out; see dayPassEvents.',
    subscribe: expiryStream,
  })
  @Tracked(entryTracking)
  dayPassExpired(
    @Root() entry: JournalEntry,
    @Args(() => ExpiryStreamArgs) _args: ExpiryStreamArgs,
  ): DayPassExpired {
    return toEvent(entry);
  }

  @Subscription(() => DayPassEvent, {
    description:
      'All entries of the journal, in order and without gaps, as they are written. The stream can be resumed: with `after` it starts with the entry after that cursor, without `after` with the next new entry. With walletId, the numbers in `sequence` have gaps, because they count all entries of the account. A slow reader receives every entry later, or its stream is closed and it can resume with its last cursor; there is no resync message. For account admins with access to the agent portal; an API key needs the scope journal:read.',
    subscribe: eventStream,
  })
  @Tracked(entryTracking)
  dayPassEvents(
    @Root() entry: JournalEntry,
    @Args(() => EventStreamArgs) _args: EventStreamArgs,
  ): DayPassEvent {
    return toEvent(entry);
  }

  @Subscription(() => PortalAccess, {
    description:
      "The viewer's own gate: first the present decision, then each new decision. A decision changes when a pass is used in another tab, ends or is reversed; when the agent is deactivated, converted or loses a section; when the wallet becomes empty or is filled again; and when the test clock moves. A changed balance alone sends no message. For active agents, their portal sessions and their API keys.",
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
      'The wallet now. It is at least as new as this message, and newer than the message while a stream catches up.',
  })
  async wallet(
    @Root() { walletId }: WalletChangeType,
    @Ctx() context: RequestContext,
  ): Promise<WalletType> {
    return findWallet(context, walletId);
  }

  @FieldResolver(() => DayPassEvent, {
    nullable: true,
    description:
      'The journal entry that changed the balance. Null in the first message, in a resync, and for callers without the permission journal:read.',
  })
  async cause(
    @Root() { entry }: WalletChangeType,
    @Ctx() context: RequestContext,
  ): Promise<DayPassEvent | null> {
    return entry && (await context.permissions.has('journal:read')) ? toEvent(entry) : null;
  }
}

/** An agent may read its own expiries; all others need journal:read. */
async function expiryStream({ args, context }: Subscribe<ExpiryStreamArgs>) {
  const { agentId: viewerId } = context.caller.viewer;
  const asked = rowIdOrNone('Agent', args.agentId);
  const agentAccess = await context.permissions.agentAccess();
  const isAdmin = agentAccess?.agent.role === 'ACCOUNT_ADMIN';
  const agentId = asked ?? (isAdmin ? null : viewerId);
  const isOwn = agentId !== null && agentId === viewerId;
  if (asked !== null && !isOwn) {
    await context.permissions.require('journal:read');
    if (!(await context.reads.load(agentsById, asked))) {
      throw new DomainError('NOT_FOUND', 'The account has no agent with this id. Check agentId.');
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
  await context.permissions.require('journal:read');
  if (walletId !== null && !(await context.reads.load(walletsById, walletId))) {
    throw new DomainError('NOT_FOUND', 'The account has no wallet with this id. Check walletId.');
  }
  return entryStream(context, {
    right: 'journal:read',
    after: args.after ?? null,
    wants: (entry) => walletId === null || entry.walletId === walletId,
  });
}
