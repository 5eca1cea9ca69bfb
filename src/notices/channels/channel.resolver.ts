import { Ctx, Query, Resolver } from 'type-graphql';
import type { NodeLoader, RequestContext } from '../../api/context';
import { channelsById, listChannels } from './channel.queries';
import { NoticeChannelType, toChannel } from './channel.type';

@Resolver(() => NoticeChannelType)
export class NoticeChannelResolver {
  @Query(() => [NoticeChannelType], {
    nullable: true,
    description:
      'The notice channels of the account, in the order in which they were added; at most 10. For account admins with access to the agent portal; API keys cannot call it.',
  })
  async noticeChannels(@Ctx() context: RequestContext): Promise<NoticeChannelType[]> {
    await context.permissions.require('account:write');
    const { noticeChannel: key } = context.services.secrets;
    return (await listChannels(context.account.scope)).map((row) => toChannel(row, key));
  }
}

export const loadChannelNode: NodeLoader = async (context, rowId) => {
  await context.permissions.require('account:write');
  const row = await context.reads.load(channelsById, rowId);
  return row && toChannel(row, context.services.secrets.noticeChannel);
};
