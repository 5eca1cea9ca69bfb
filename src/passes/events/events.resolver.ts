import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { PageArgs, type Connection } from '../../api/connection';
import type { NodeLoader, RequestContext } from '../../api/context';
import { rowIdOrNone } from '../../api/node';
import { DateTimeScalar } from '../../api/scalars';
import { entriesById } from '../../journal/journal-entry';
import { WalletType } from '../../wallets/wallet.type';
import { readEventPage } from './event-page';
import { EventConnection, toEvent, type DayPassEvent } from './event.type';

@InputType('DayPassEventFilter', {
  description:
    'Filters for entries of the journal. An entry must match each filter that is given. Null is the same as not given. `from` (included) and `to` (excluded) compare with occurredAt.',
})
class EventFilterInput {
  @Field(() => [String], {
    nullable: true,
    description:
      'Only entries of these kinds, by the names of their types, e.g. "DayPassesPurchased". A name that no entry has matches nothing.',
  })
  kinds?: string[] | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only entries of this instant or later.',
  })
  from?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only entries before this instant.' })
  to?: number | null;
}

@ArgsType()
class EventsArgs extends PageArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'Only entries of this wallet, by its id. Default: all entries of the account.',
  })
  walletId?: string | null;

  @Field(() => EventFilterInput, {
    nullable: true,
    description: 'Which entries to list. Default: all.',
  })
  filter?: EventFilterInput | null;
}

@Resolver(() => WalletType)
export class EventsResolver {
  @Query(() => EventConnection, {
    nullable: true,
    description:
      'The journal of the account, oldest first. The streams accept its cursors. For account admins with access to the agent portal; an API key needs the scope journal:read.',
  })
  async dayPassEvents(
    @Args(() => EventsArgs) { walletId, filter, ...page }: EventsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<DayPassEvent>> {
    await context.permissions.require('journal:read');
    return readEventPage(
      context,
      { ...filter, walletId: rowIdOrNone('DayPassWallet', walletId) },
      page,
    );
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
    return readEventPage(context, { walletId: wallet.rowId }, page);
  }
}

/** An entry by its id. An agent may read its own expiry; all else needs journal:read. */
export const loadEventNode: NodeLoader = async (context, rowId) => {
  const entry = await context.reads.load(entriesById, rowId);
  if (!entry) await context.permissions.require('journal:read');
  return entry && toEvent(entry);
};
