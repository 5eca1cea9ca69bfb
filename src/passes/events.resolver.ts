import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import { entriesById } from '../journal/journal-entry';
import { WalletType } from '../wallets/wallet.type';
import { readEventPage } from './event-page';
import { EventConnection, toEvent, type DayPassEvent } from './event.type';

@ArgsType()
class EventsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Of one wallet; left out: the whole journal.' })
  walletId?: string | null;
}

@Resolver(() => WalletType)
export class EventsResolver {
  @Query(() => EventConnection, {
    nullable: true,
    description: "The journal, oldest first; its cursors are the streams' cursors.",
  })
  async dayPassEvents(
    @Args(() => EventsArgs) { walletId, ...page }: EventsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<DayPassEvent>> {
    await context.require('journal:read');
    return readEventPage(context, rowIdOrNone('DayPassWallet', walletId), page);
  }

  @FieldResolver(() => EventConnection, {
    nullable: true,
    description: 'Oldest first. Needs journal:read.',
  })
  async events(
    @Root() wallet: WalletType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<DayPassEvent>> {
    await context.require('journal:read');
    return readEventPage(context, wallet.rowId, page);
  }
}

/** An entry by its id. One's own expiry may be read by whoever it is of; all else needs the journal. */
export const loadEventNode: NodeLoader = async (context, rowId) => {
  const entry = await context.load(entriesById, rowId);
  if (!entry) await context.require('journal:read');
  return entry && toEvent(entry);
};
