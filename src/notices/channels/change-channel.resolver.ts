import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { accountOf } from '../../accounts/account.resolver';
import type { RequestContext } from '../../api/context';
import { rowIdOrNone } from '../../api/node';
import { UserError, userErrorsOf } from '../../api/user-error';
import { isSuccess } from '../../deliveries/try.rules';
import { channelsById, noteOutcome } from './channel.queries';
import { outcomeOf } from './channel-try.rules';
import { NoticeChannelKind, NoticeChannelType, toChannel } from './channel.type';
import type { ChannelKind } from './channel-url.rules';
import type { NoticeKind } from '../notice';
import { NoticeKindEnum } from '../notification.type';
import { removeChannel } from './remove-channel';
import { sendToChannel } from './send-to-channel';
import { channelNotFound, setChannel, type ChannelAct } from './set-channel';
import { testMessage } from './test-message';

const callers = 'For account admins with access to the agent portal; API keys cannot call it.';

@InputType({ description: 'All settings of a notice channel.' })
class SetNoticeChannelInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The channel to change. Default: a new channel is added.',
  })
  channelId?: string | null;

  @Field(() => NoticeChannelKind, { description: 'Where the channel is.' })
  kind!: ChannelKind;

  @Field(() => String, { description: 'A name for people, 1 to 100 characters.' })
  name!: string;

  @Field(() => String, {
    description:
      'SLACK: the URL of an incoming webhook, https://hooks.slack.com/services/…. TEAMS: the URL of a workflow, https at a host that ends in .api.powerplatform.com or .logic.azure.com. It is stored encrypted. To keep the URL of a channel, pass its masked URL.',
  })
  url!: string;

  @Field(() => [NoticeKindEnum], {
    description: 'The kinds of notices that the channel receives; empty: none.',
  })
  notices!: NoticeKind[];
}

@ObjectType({ description: 'The result of setting a notice channel.' })
class SetNoticeChannelPayload {
  @Field(() => NoticeChannelType, {
    nullable: true,
    description: 'The channel with its new settings; null if the request was refused.',
  })
  channel!: NoticeChannelType | null;

  @Field(
    () => [UserError],
    userErrorsOf('NOT_FOUND', 'VALIDATION_FAILED', 'URL_NOT_ALLOWED', 'LIMIT_REACHED'),
  )
  userErrors!: UserError[];
}

@InputType({ description: 'The notice channel to remove.' })
class RemoveNoticeChannelInput {
  @Field(() => ID, { description: 'The id of the channel.' })
  channelId!: string;
}

@ObjectType({ description: 'The result of removing a notice channel.' })
class RemoveNoticeChannelPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the channel; null if the request was refused.',
  })
  removedId!: string | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND'))
  userErrors!: UserError[];
}

@InputType({ description: 'The notice channel that receives a test.' })
class TestNoticeChannelInput {
  @Field(() => ID, { description: 'The id of the channel.' })
  channelId!: string;
}

@ObjectType({ description: 'The result of a test.' })
class TestNoticeChannelPayload {
  @Field(() => Boolean, { description: 'Whether Slack or Teams accepted the message.' })
  delivered!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'The status and the beginning of the answer, or why there was none. Null if the request was refused.',
  })
  answer!: string | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND'))
  userErrors!: UserError[];
}

@Resolver()
export class ChangeNoticeChannelResolver {
  @Mutation(() => SetNoticeChannelPayload, {
    nullable: true,
    description: `Adds a notice channel, or replaces all settings of one. An account may have 10. ${callers}`,
  })
  async setNoticeChannel(
    @Arg('input', () => SetNoticeChannelInput, { description: 'The settings of the channel.' })
    { channelId, ...settings }: SetNoticeChannelInput,
    @Ctx() context: RequestContext,
  ): Promise<SetNoticeChannelPayload> {
    await context.permissions.require('account:write');
    const act = actOf(context);
    const set = await setChannel(act, rowIdOrNone('NoticeChannel', channelId), settings);
    if ('code' in set) return { channel: null, userErrors: [set] };
    const row = await context.reads.loadExisting(channelsById, set.id);
    return { channel: toChannel(row, act.key), userErrors: [] };
  }

  @Mutation(() => RemoveNoticeChannelPayload, {
    nullable: true,
    description: `Removes a notice channel. Notices that wait for it are not sent. ${callers}`,
  })
  async removeNoticeChannel(
    @Arg('input', () => RemoveNoticeChannelInput, { description: 'The channel to remove.' })
    { channelId }: RemoveNoticeChannelInput,
    @Ctx() context: RequestContext,
  ): Promise<RemoveNoticeChannelPayload> {
    await context.permissions.require('account:write');
    const refused = await removeChannel(actOf(context), rowIdOrNone('NoticeChannel', channelId));
    return refused
      ? { removedId: null, userErrors: [refused] }
      : { removedId: channelId, userErrors: [] };
  }

  @Mutation(() => TestNoticeChannelPayload, {
    nullable: true,
    description: `Sends a test to a notice channel at once, waits for the answer for up to 10 seconds, and returns it. At most 10 tests of webhooks and channels per minute for an account and process: more are refused with RATE_LIMITED. ${callers}`,
  })
  async testNoticeChannel(
    @Arg('input', () => TestNoticeChannelInput, { description: 'The channel to test.' })
    { channelId }: TestNoticeChannelInput,
    @Ctx() context: RequestContext,
  ): Promise<TestNoticeChannelPayload> {
    await context.permissions.require('account:write');
    const { services, account } = context;
    const row = await context.reads.load(channelsById, rowIdOrNone('NoticeChannel', channelId));
    if (!row) return { delivered: false, answer: null, userErrors: [channelNotFound] };
    services.calls.countTest(account.id);
    const { name: accountName, noticeLanguage } = await accountOf(context);
    const { publicUrl } = services.address;
    const about = { channelName: row.name, accountName, publicUrl };
    const message = testMessage(about, noticeLanguage);
    const { key, rules } = actOf(context);
    const on = { key, rules, nowMs: () => services.clock.nowMs() };
    const result = await sendToChannel(on, row, message);
    const { status, answer, error } = result;
    const delivered = isSuccess(status);
    await noteOutcome(account.scope, row.id, outcomeOf(result));
    const said = status === null ? error : [status, answer].filter((part) => part).join(' ');
    return { delivered, answer: said, userErrors: [] };
  }
}

function actOf({ account, caller, services }: RequestContext): ChannelAct {
  return {
    state: account.state,
    key: services.secrets.noticeChannel,
    rules: services.channelRules,
    nowMs: services.clock.nowMs(),
    audit: caller.attribution,
  };
}
