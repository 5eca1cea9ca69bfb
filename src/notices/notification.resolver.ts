import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Int,
  Mutation,
  Resolver,
  Root,
} from 'type-graphql';
import { PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { LanguageEnum, languageOf, nameOfLanguage, type LanguageName } from '../api/language';
import { rowIdOrNone } from '../api/node';
import { readPage } from '../api/read-page';
import { ViewerType } from '../passes/gate/viewer.type';
import { markNoticesRead } from './mark-notices-read';
import { noticeWords, type NoticeWords } from './notice-kinds';
import { noticesById } from './notice.queries';
import {
  findNotification,
  mailedKinds,
  notificationList,
  readSettings,
  readThroughOf,
  readUnread,
  type Reader,
} from './notification.queries';
import {
  MarkNotificationsReadInput,
  MarkNotificationsReadPayload,
  NotificationConnection,
  NotificationSetting,
  NotificationType,
  toNotification,
  UpdateNotificationSettingsInput,
  UpdateNotificationSettingsPayload,
} from './notification.type';
import { setNoticeMails } from './set-notice-mails';

const onlyAgents = 'Null for a contact, an API key and a portal session.';

@Resolver(() => ViewerType)
export class ViewerNotificationsResolver {
  @FieldResolver(() => NotificationConnection, {
    nullable: true,
    description: `What happened in the last 90 days and concerns the caller, newest first. Account admins see what concerns the account, every agent what concerns the agent. ${onlyAgents}`,
  })
  async notifications(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<NotificationType> | null> {
    const reader = await readerOf(context);
    if (!reader) return null;
    const { scope } = context.account;
    return readPage(scope, notificationList(scope, reader), page, toNotification, (rows) =>
      context.reads.preload(
        noticesById,
        rows.map(({ id }) => id),
      ),
    );
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: `How many notifications are unread; at most 1,000 are counted. ${onlyAgents}`,
  })
  async unreadNotifications(@Ctx() context: RequestContext): Promise<number | null> {
    const reader = await readerOf(context);
    return reader && (await readUnread(context.account.scope, reader.agentId)).unread;
  }

  @FieldResolver(() => [NotificationSetting], {
    nullable: true,
    description: `Which kinds of notifications the caller gets by mail. ${onlyAgents}`,
  })
  async notificationSettings(
    @Ctx() context: RequestContext,
  ): Promise<NotificationSetting[] | null> {
    const reader = await readerOf(context);
    if (!reader) return null;
    return settingsOf(reader, (await readSettings(context.account.scope, reader.agentId)).off);
  }

  @FieldResolver(() => LanguageEnum, {
    nullable: true,
    description: `The language that the caller has chosen for mails of notifications. Null: that of the caller's last consent at the gate, else Account.noticeLanguage. ${onlyAgents}`,
  })
  async notificationLanguage(@Ctx() context: RequestContext): Promise<LanguageName | null> {
    const reader = await readerOf(context);
    if (!reader) return null;
    const { language } = await readSettings(context.account.scope, reader.agentId);
    return language === null ? null : nameOfLanguage(language);
  }
}

@ArgsType()
class WordsArgs {
  @Field(() => String, {
    defaultValue: 'en',
    description: 'The language, BCP 47. The closest available language is used.',
  })
  locale!: string;
}

@Resolver(() => NotificationType)
export class NotificationResolver {
  @FieldResolver(() => String, { description: 'What happened, in a few words.' })
  async title(
    @Root() notification: NotificationType,
    @Args(() => WordsArgs) { locale }: WordsArgs,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    return (await wordsOf(context, notification, locale)).subject;
  }

  @FieldResolver(() => String, { description: 'What happened, in one or more sentences.' })
  async text(
    @Root() notification: NotificationType,
    @Args(() => WordsArgs) { locale }: WordsArgs,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    return (await wordsOf(context, notification, locale)).sentence;
  }

  @FieldResolver(() => String, { description: 'The text of the link.' })
  async linkText(
    @Root() notification: NotificationType,
    @Args(() => WordsArgs) { locale }: WordsArgs,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    return (await wordsOf(context, notification, locale)).linkText;
  }

  @FieldResolver(() => String, {
    description: "The page to open: a path below the service's public URL, such as /admin/buy.",
  })
  async linkPath(
    @Root() notification: NotificationType,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    return (await wordsOf(context, notification, 'en')).linkPath;
  }

  @FieldResolver(() => Boolean, { description: 'Whether the caller has marked it as read.' })
  async isRead(
    @Root() { row }: NotificationType,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    const { agentId } = context.caller.viewer;
    if (agentId === null) return false;
    return row.number <= ((await context.reads.load(readThroughOf, agentId)) ?? 0);
  }
}

const callers =
  'For active agents who signed in, with or without access to the agent portal; never for an API key or a portal session.';

@Resolver()
export class ChangeNotificationsResolver {
  @Mutation(() => MarkNotificationsReadPayload, {
    nullable: true,
    description: `Marks notifications as read, for the caller alone. ${callers}`,
  })
  async markNotificationsRead(
    @Arg('input', () => MarkNotificationsReadInput, { description: 'Which are read.' })
    { upTo }: MarkNotificationsReadInput,
    @Ctx() context: RequestContext,
  ): Promise<MarkNotificationsReadPayload> {
    await context.permissions.require('notices:read');
    const id = rowIdOrNone('Notification', upTo);
    const reader = (await readerOf(context))!;
    const row = await findNotification(context.account.scope, reader, id);
    if (!row) {
      const message = 'The caller has no notification with this id. Check the id.';
      return { unread: null, userErrors: [{ code: 'NOT_FOUND', message, field: ['upTo'] }] };
    }
    const { agentId } = reader;
    const unread = await markNoticesRead(context.account.state, { agentId, through: row.number });
    return { unread, userErrors: [] };
  }

  @Mutation(() => UpdateNotificationSettingsPayload, {
    nullable: true,
    description: `Switches mails of some kinds of notifications on or off, and chooses their language, for the caller alone. ${callers}`,
  })
  async updateNotificationSettings(
    @Arg('input', () => UpdateNotificationSettingsInput, { description: 'What to change.' })
    { settings, language }: UpdateNotificationSettingsInput,
    @Ctx() context: RequestContext,
  ): Promise<UpdateNotificationSettingsPayload> {
    await context.permissions.require('notices:read');
    const reader = (await readerOf(context))!;
    const possible = mailedKinds(reader);
    const kinds = new Set(settings.map(({ kind }) => kind));
    if (kinds.size < settings.length || [...kinds].some((kind) => !possible.includes(kind))) {
      const message = `settings must name each kind at most once, and only kinds that the caller can get by mail: ${possible.join(', ')}.`;
      const refusal = { code: 'VALIDATION_FAILED' as const, message, field: ['settings'] };
      return { settings: null, language: null, userErrors: [refusal] };
    }
    const after = await setNoticeMails(context.account.state, reader.agentId, {
      mails: settings,
      language: language ? languageOf(language) : language,
    });
    return {
      settings: settingsOf(reader, after.off),
      language: after.language === null ? null : nameOfLanguage(after.language),
      userErrors: [],
    };
  }
}

/** A notification of another reader is answered as one that does not exist. */
export const loadNotificationNode: NodeLoader = async (context, rowId) => {
  await context.permissions.require('notices:read');
  const reader = await readerOf(context);
  const row = reader && (await findNotification(context.account.scope, reader, rowId));
  return row && toNotification(row);
};

/** The signed-in agent; null for every other caller. */
async function readerOf(context: RequestContext): Promise<Reader | null> {
  if (!(await context.permissions.has('notices:read'))) return null;
  const agentAccess = await context.permissions.agentAccess();
  if (!agentAccess) return null;
  const { id: agentId, role } = agentAccess.agent;
  return { agentId, isAdmin: role === 'ACCOUNT_ADMIN' };
}

function settingsOf(reader: Reader, off: readonly string[]): NotificationSetting[] {
  return mailedKinds(reader).map((kind) => ({ kind, mail: !off.includes(kind) }));
}

async function wordsOf(
  context: RequestContext,
  { row }: NotificationType,
  locale: string,
): Promise<NoticeWords> {
  return noticeWords(await context.reads.loadExisting(noticesById, row.id), locale);
}
