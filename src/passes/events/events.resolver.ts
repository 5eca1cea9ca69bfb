import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { PageArgs, type Connection } from '../../api/connection';
import type { NodeLoader, RequestContext } from '../../api/context';
import { rowIdOrNone } from '../../api/node';
import { entriesById } from '../../journal/journal-entry';
import { WalletType } from '../../wallets/wallet.type';
import { readEventPage } from './event-page';
import { EventConnection, toEvent, type DayPassEvent } from './event.type';

@ArgsType()
class EventsArgs extends PageArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'Only entries of this wallet, by its id. Default: all entries of the account.',
  })
  walletId?: string | null;
}

@Resolver(() => WalletType)
export class EventsResolver {
  @Query(() => EventConnection, {
    nullable: true,
    description:
      'The journal of the account, oldest first. The streams accept its cursors. For account admins with access to the agent portal; an API key needs the scope journal:read.',
  })
  async dayPassEvents(
    @Args(() => EventsArgs) { walletId, ...page }: EventsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<DayPassEvent>> {
    await context.permissions.require('journal:read');
    return readEventPage(context, rowIdOrNone('DayPassWallet', walletId), page);
  }

  @FieldResolver(() => EventConnection, {
    nullable: true,
    description:
      'The journal entries of this wallet, oldest first. For account admins with access to the agent portal; an API key needs the scope journal:read.',
  })
  async events(
    @Root() wallet: WalletType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<DayPassEvent>> {
    await context.permissions.require('journal:read');
    return readEventPage(context, wallet.rowId, page);
  }
}

/** An entry by its id. An agent may read its own expiry; all else needs journal:read. */
export const loadEventNode: NodeLoader = async (context, rowId) => {
  const entry = await context.reads.load(entriesById, rowId);
  if (!entry) await context.permissions.require('journal:read');
  return entry && toEvent(entry);
};
