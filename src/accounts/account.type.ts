import { Field, ID, ObjectType } from 'type-graphql';
import { LanguageEnum, type LanguageName } from '../api/language';
import { Node } from '../api/node';
import { DateTimeScalar, TimeZoneScalar } from '../api/scalars';

@ObjectType('Account', {
  implements: Node,
  description:
    'One managed service provider (MSP): the tenant. No data is shared between accounts.',
})
export class AccountType implements Node {
  @Field(() => ID, { description: 'The opaque id of this account.' })
  id!: string;

  @Field(() => String, { description: 'The short name used in addresses, e.g. northlight.' })
  slug!: string;

  @Field(() => String, { description: 'The display name.' })
  name!: string;

  @Field(() => String, {
    description: 'The name of the subscription plan. It determines the price of a day pass.',
  })
  plan!: string;

  @Field(() => String, { description: "The currency of the account's prices, ISO 4217, e.g. EUR." })
  currency!: string;

  @Field(() => TimeZoneScalar, {
    description:
      "The time zone of the account. An agent's passes end by the agent's own time zone instead.",
  })
  timeZone!: string;

  @Field(() => Boolean, {
    description:
      'Whether the service sends e-mails to agents. An agent who is invited while this is false gets no activation link by mail: switch it on and invite the same address again, or hand over the link that inviteAgent returns.',
  })
  emailNotificationsEnabled!: boolean;

  @Field(() => Boolean, {
    description:
      "Whether agents may use day passes in portal sessions. In a portal session a partner's page shows the notice, so the service has only the partner's word for the consent. If false, the gate denies access with SESSION_NOT_PERMITTED, and agents have to sign in.",
  })
  allowSessionConsume!: boolean;

  @Field(() => LanguageEnum, {
    description:
      'The language of notices in Slack and Teams, and of mails of notices to people who have neither chosen one nor consented in one.',
  })
  noticeLanguage!: LanguageName;

  @Field(() => String, {
    description:
      'How the pages of the account write dates and numbers: a BCP 47 tag, such as en-GB. Values may be added.',
  })
  locale!: string;

  @Field(() => Boolean, {
    description: 'Whether this is a sandbox account. A sandbox account has its own test clock.',
  })
  sandbox!: boolean;

  @Field(() => DateTimeScalar, {
    description:
      "The current time of the account: the database's clock, plus the offset of the test clock in a sandbox account.",
  })
  now!: number;
}
