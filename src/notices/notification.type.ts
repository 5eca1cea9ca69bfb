import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionTypeOf } from '../api/connection';
import { defineEnum } from '../api/enum';
import { Guarded } from '../api/guard';
import { LanguageEnum, type LanguageName } from '../api/language';
import { Node, nodeId } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import type { NoticeRow } from '../db/tables/notice';
import type { NoticeKind } from './notice';

export const NoticeKindEnum = defineEnum<NoticeKind>(
  'NoticeKind',
  'What a notification reports. Values may be added.',
  {
    BALANCE_LOW: 'The balance of a wallet fell to one of its alertThresholds. For account admins.',
    BALANCE_EMPTY: 'The balance of a wallet fell to zero. For account admins.',
    EMERGENCY_USED:
      'An agent used a day pass from the emergency allowance of an empty wallet. For account admins.',
    PASS_REVERSED: 'A day pass was taken back. For the agent whose pass it was.',
    INVOICE_ISSUED:
      'An invoice or a credit note was issued. For account admins; its mail goes to the billing address.',
    INVOICE_OVERDUE: 'An invoice was not paid by its due date. For account admins.',
    LOT_EXPIRING: 'Unused day passes expire in seven days. For account admins.',
    WEBHOOK_FAILING:
      'Every delivery to a webhook endpoint has failed for 15 minutes, so later events wait. For account admins.',
    WEBHOOK_PAUSED:
      'A webhook endpoint was paused because it answered 410 or failed for five days. For account admins.',
  },
);

@Guarded<NotificationType>((context) => context.permissions.require('notices:read'))
@ObjectType('Notification', {
  implements: Node,
  description:
    'Something that happened and that concerns the signed-in agent. Kept for 90 days. Never for an API key, a contact or a portal session.',
})
export class NotificationType implements Node {
  @Field(() => ID, { description: 'The opaque id of this notification.' })
  id!: string;

  @Field(() => NoticeKindEnum, { description: 'What it reports.' })
  kind!: NoticeKind;

  @Field(() => DateTimeScalar, { description: "When it happened, by the account's clock." })
  happenedAt!: Date;

  @Field(() => Int, {
    nullable: true,
    description:
      'The number of the journal entry that it reports; null if it does not come from the journal.',
  })
  sequence!: number | null;

  row!: NoticeRow;
}

export function toNotification(row: NoticeRow): NotificationType {
  return Object.assign(new NotificationType(), {
    id: nodeId('Notification', row.id),
    kind: row.kind as NoticeKind,
    happenedAt: row.occurredAt,
    sequence: row.sequence,
    row,
  });
}

export const NotificationConnection = connectionTypeOf(
  'Notification',
  () => NotificationType,
  'A page of the notifications of the signed-in agent, newest first.',
);

@ObjectType({ description: 'Whether the signed-in agent gets one kind of notification by mail.' })
export class NotificationSetting {
  @Field(() => NoticeKindEnum, { description: 'The kind of notification.' })
  kind!: NoticeKind;

  @Field(() => Boolean, { description: 'Whether it is sent by mail. Default: true.' })
  mail!: boolean;
}

@InputType({ description: 'Which notifications are read.' })
export class MarkNotificationsReadInput {
  @Field(() => ID, {
    description: 'The id of a notification: it and all before it in time are marked as read.',
  })
  upTo!: string;
}

@ObjectType({ description: 'The result of marking notifications as read.' })
export class MarkNotificationsReadPayload {
  @Field(() => Int, {
    nullable: true,
    description:
      'How many notifications are unread after the request; at most 1,000 are counted. Null if the request was refused.',
  })
  unread!: number | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND'))
  userErrors!: UserError[];
}

@InputType({ description: 'Whether one kind of notification is sent by mail.' })
export class NotificationSettingInput {
  @Field(() => NoticeKindEnum, { description: 'The kind of notification.' })
  kind!: NoticeKind;

  @Field(() => Boolean, { description: 'Whether it is sent by mail.' })
  mail!: boolean;
}

@InputType({ description: 'Which notifications the signed-in agent gets by mail.' })
export class UpdateNotificationSettingsInput {
  @Field(() => [NotificationSettingInput], {
    description: 'The kinds to change; the others stay. Each kind at most once.',
  })
  settings!: NotificationSettingInput[];

  @Field(() => LanguageEnum, {
    nullable: true,
    description:
      "The language of the mails. Null: that of the caller's last consent at the gate, else Account.noticeLanguage. Left out: unchanged.",
  })
  language?: LanguageName | null;
}

@ObjectType({ description: 'The result of changing which notifications are sent by mail.' })
export class UpdateNotificationSettingsPayload {
  @Field(() => [NotificationSetting], {
    nullable: true,
    description: 'All settings after the request; null if the request was refused.',
  })
  settings!: NotificationSetting[] | null;

  @Field(() => LanguageEnum, {
    nullable: true,
    description:
      'The language of the mails after the request; null if none is chosen, or if the request was refused.',
  })
  language!: LanguageName | null;

  @Field(() => [UserError], userErrorsOf('VALIDATION_FAILED'))
  userErrors!: UserError[];
}

@ObjectType({ description: 'The present state of the notifications of the signed-in agent.' })
export class NotificationsState {
  @Field(() => Int, {
    description: 'How many notifications are unread; at most 1,000 are counted.',
  })
  unread!: number;
}
