import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import type { NodeLoader, RequestContext } from '../api/context';
import { nodeId } from '../api/node';
import { DomainError } from '../core/domain-error';
import { accountsById } from './account.queries';
import { AccountType } from './account.type';
import { BillingType, toBilling } from './billing.type';

@Resolver(() => AccountType)
export class AccountResolver {
  @Query(() => AccountType, { description: 'The account of whoever asks.' })
  account(@Ctx() context: RequestContext): Promise<AccountType> {
    return accountOf(context);
  }

  @FieldResolver(() => BillingType, {
    nullable: true,
    description:
      'The terms on which the account gets its day passes. Null without the permission billing:read, which account admins have, with a running pass or without.',
  })
  async billing(@Ctx() context: RequestContext): Promise<BillingType | null> {
    if (!(await context.has('billing:read'))) return null;
    const row = await context.load(accountsById, context.accountId);
    return row && toBilling(row);
  }

  @FieldResolver(() => String, {
    description:
      'Where the journal stood before anything else of this response was read: all else in it is at least as new. Pass it as `after` to a stream and nothing falls between. An account without entries has one too.',
  })
  journalCursor(@Ctx() context: RequestContext): Promise<string> {
    return context.readJournalCursor();
  }
}

/** The account of whoever asks. */
export async function accountOf(context: RequestContext): Promise<AccountType> {
  const row = await context.load(accountsById, context.accountId);
  // A bearer outlives its account only where the account was removed by hand.
  if (!row) throw new DomainError('UNAUTHENTICATED', 'The account of this bearer is gone.');
  return { ...row, id: nodeId('Account', row.id), now: await context.accountNowMs() };
}

/** The account of whoever asks; no other is there. */
export const loadAccountNode: NodeLoader = async (context, rowId) =>
  rowId === context.accountId ? accountOf(context) : null;
