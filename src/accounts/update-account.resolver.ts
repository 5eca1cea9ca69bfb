import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseMailedNames } from '../api/input.rules';
import { LanguageEnum, languageOf, type LanguageName } from '../api/language';
import { DecimalScalar } from '../api/money.type';
import { TimeZoneScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import { parseMinor } from '../core/money';
import { locales } from '../core/notation/locales';
import { accountsById } from './account.queries';
import { accountOf } from './account.resolver';
import { AccountType } from './account.type';
import { updateAccount } from './update-account';

@InputType({ description: 'Settings of the account. A field that is left out stays unchanged.' })
class UpdateAccountInput {
  @Field(() => String, { nullable: true, description: 'The display name, 1 to 200 characters.' })
  name?: string | null;

  @Field(() => TimeZoneScalar, {
    nullable: true,
    description: 'The time zone of the account. It does not change the end of any pass.',
  })
  timeZone?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the service sends e-mails to agents. If false, activation links are not mailed.',
  })
  emailNotificationsEnabled?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether agents may use day passes in portal sessions. The change takes effect at once.',
  })
  allowSessionConsume?: boolean | null;

  @Field(() => LanguageEnum, {
    nullable: true,
    description:
      'The language of notices in Slack and Teams, and of mails of notices to people who have neither chosen one nor consented in one.',
  })
  noticeLanguage?: LanguageName | null;

  @Field(() => String, {
    nullable: true,
    description: `How the pages of the account write dates and numbers: ${locales.join(', ')}.`,
  })
  locale?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'What a licence of a full-time agent costs per month, in the currency of the account, more than 0 and at most 1,000,000. Null removes the price.',
  })
  seatPrice?: string | null;
}

@ObjectType({ description: "The result of updating the account's settings." })
class UpdateAccountPayload {
  @Field(() => [UserError], userErrorsOf('VALIDATION_FAILED'))
  userErrors!: UserError[];
}

@Resolver(() => UpdateAccountPayload)
export class UpdateAccountResolver {
  @Mutation(() => UpdateAccountPayload, {
    nullable: true,
    description:
      "Changes the account's settings. For account admins with access to the agent portal; API keys cannot call it.",
  })
  async updateAccount(
    @Arg('input', () => UpdateAccountInput, { description: 'The settings to change.' })
    input: UpdateAccountInput,
    @Ctx() context: RequestContext,
  ): Promise<UpdateAccountPayload> {
    await context.permissions.require('account:write');
    const invalid = refuseMailedNames({ name: [input.name, 200] });
    if (invalid) return { userErrors: [invalid] };
    const locale = locales.find((one) => one === input.locale);
    if (input.locale != null && !locale) return { userErrors: [noLocale] };
    const seatPriceMinor = await minorOf(context, input.seatPrice);
    if (seatPriceMinor === 'INVALID') return { userErrors: [noPrice] };
    const update = {
      name: input.name ?? undefined,
      timeZone: input.timeZone ?? undefined,
      emailNotificationsEnabled: input.emailNotificationsEnabled ?? undefined,
      allowSessionConsume: input.allowSessionConsume ?? undefined,
      seatPriceMinor,
      locale,
      noticeLanguage: input.noticeLanguage ? languageOf(input.noticeLanguage) : undefined,
    };
    const nowMs = await context.reads.accountNowMs();
    await updateAccount(context.account.state, update, {
      attribution: context.caller.attribution,
      nowMs,
    });
    return { userErrors: [] };
  }

  @FieldResolver(() => AccountType, {
    nullable: true,
    description: 'The account with its new settings; null if the request was refused.',
  })
  account(
    @Root() { userErrors }: UpdateAccountPayload,
    @Ctx() context: RequestContext,
  ): Promise<AccountType> | null {
    return userErrors.length > 0 ? null : accountOf(context);
  }
}

const seatPriceMax = 1_000_000;

/** The price in minor units; null and undefined as they are. */
async function minorOf(context: RequestContext, seatPrice: string | null | undefined) {
  if (seatPrice == null) return seatPrice;
  const { currency } = await context.reads.loadExisting(accountsById, context.account.id);
  const minor = parseMinor(seatPrice, currency);
  const isPrice = minor !== null && minor > 0 && Number(seatPrice) <= seatPriceMax;
  return isPrice ? minor : 'INVALID';
}

const noLocale: UserError = {
  code: 'VALIDATION_FAILED',
  message: `locale must be one of ${locales.join(', ')}.`,
  field: ['locale'],
};

const noPrice: UserError = {
  code: 'VALIDATION_FAILED',
  message:
    'seatPrice must be more than 0 and at most 1,000,000, with no more decimal places than the currency has.',
  field: ['seatPrice'],
};
