import { Field, ID, ObjectType } from 'type-graphql';
import type { RequestContext } from '../../api/context';
import { defineEnum } from '../../api/enum';
import { Guarded } from '../../api/guard';
import { Node, nodeId } from '../../api/node';
import { DateTimeScalar } from '../../api/scalars';
import type { NoticeChannelRow } from '../../db/tables/notice-channel';
import { maskChannelUrl, type ChannelKind } from './channel-url.rules';
import type { NoticeKind } from '../notice';
import { NoticeKindEnum } from '../notification.type';
import { urlOf } from './send-to-channel';

export const NoticeChannelKind = defineEnum<ChannelKind>(
  'NoticeChannelKind',
  'Where a notice channel is.',
  {
    SLACK: 'A channel of Slack, by an incoming webhook.',
    TEAMS: 'A channel or chat of Microsoft Teams, by a workflow that posts Adaptive Cards.',
  },
);

@Guarded<NoticeChannelType>((context: RequestContext) =>
  context.permissions.require('account:write'),
)
@ObjectType('NoticeChannel', {
  implements: Node,
  description:
    'A channel of Slack or Microsoft Teams that receives notices of the account: the same that admins get by mail. For account admins with access to the agent portal; API keys cannot read it.',
})
export class NoticeChannelType implements Node {
  @Field(() => ID, { description: 'The opaque id of this channel.' })
  id!: string;

  @Field(() => NoticeChannelKind, { description: 'Where the channel is.' })
  kind!: ChannelKind;

  @Field(() => String, { description: 'The name of the channel, for people.' })
  name!: string;

  @Field(() => String, {
    description: 'The URL of the channel, with its secret part masked.',
  })
  url!: string;

  @Field(() => [NoticeKindEnum], {
    description: 'The kinds of notices that the channel receives; empty: none.',
  })
  notices!: NoticeKind[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Since when no message has arrived, by real time; null if the last message arrived or none was sent.',
  })
  failingSince!: Date | null;
}

/** `key` opens the sealed URL. */
export function toChannel(row: NoticeChannelRow, key: Uint8Array): NoticeChannelType {
  const { id, kind, name, notices, failingSince } = row;
  return Object.assign(new NoticeChannelType(), {
    id: nodeId('NoticeChannel', id),
    ...{ kind, name, failingSince },
    url: maskChannelUrl(urlOf(row, key)),
    // A kind of a later release is left out.
    notices: notices.filter((notice): notice is NoticeKind => notice in NoticeKindEnum),
  });
}
