import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import type { NodeLoader, RequestContext } from '../api/context';
import { nameOfLanguage } from '../api/language';
import { MoneyType, toMoney } from '../api/money.type';
import { nodeId } from '../api/node';
import { DomainError } from '../core/domain-error';
import { knownLocale } from '../core/notation/locales';
import { accountsById } from './account.queries';
import { AccountType } from './account.type';
import { BillingType, toBilling } from './billing.type';

@Resolver(() => AccountType)
export class AccountResolver {
  @Query(() => AccountType, { description: 'The account that the credential belongs to.' })
  account(@Ctx() context: RequestContext): Promise<AccountType> {
    return accountOf(context);
  }

  @FieldResolver(() => BillingType, {
    nullable: true,
    description:
      'The terms on which the account obtains day passes. For account admins, with or without access to the agent portal, and for API keys with the scope billing:read; null for other callers.',
  })
  async billing(@Ctx() context: RequestContext): Promise<BillingType | null> {
    if (!(await context.permissions.has('billing:read'))) return null;
    const row = await context.reads.load(accountsById, context.account.id);
    return row && toBilling(row);
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description:
      'What a licence of a full-time agent costs the account per month, without tax, as an admin entered it; Agent.passAdvice compares it with day passes. Null if no price was entered, and for callers who may not read billing (account admins and the scope billing:read).',
  })
  async seatPrice(@Ctx() context: RequestContext): Promise<MoneyType | null> {
    if (!(await context.permissions.has('billing:read'))) return null;
    const row = await context.reads.load(accountsById, context.account.id);
    if (!row || row.seatPriceMinor === null) return null;
    return toMoney({ minor: row.seatPriceMinor, currency: row.currency });
  }

  @FieldResolver(() => String, {
    description:
      'The cursor of the journal at the start of this response: all other data in the response is at least as new. Pass it as `after` to a stream, and no change is missed. It is set even if the account has no entries yet.',
  })
  journalCursor(@Ctx() context: RequestContext): Promise<string> {
    return context.reads.journalCursor();
  }
}

/** The caller's account. */
export async function accountOf(context: RequestContext): Promise<AccountType> {
  const row = await context.reads.load(accountsById, context.account.id);
  // A bearer token outlives its account only if the account was removed by hand.
  if (!row)
    throw new DomainError('UNAUTHENTICATED', 'The account of this credential does not exist.');
  return {
    ...row,
    id: nodeId('Account', row.id),
    noticeLanguage: nameOfLanguage(row.noticeLanguage),
    locale: knownLocale(row.locale),
    now: await context.reads.accountNowMs(),
  };
}

/** The caller's account; no other can be read. */
export const loadAccountNode: NodeLoader = async (context, rowId) =>
  rowId === context.account.id ? accountOf(context) : null;
