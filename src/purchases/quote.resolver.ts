import { Args, ArgsType, Ctx, Field, ID, Int, Query, Resolver } from 'type-graphql';
import { accountsById } from '../accounts/account.queries';
import { PaymentMethodEnum, toBilling, type PaymentMethodKind } from '../accounts/billing.type';
import type { RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import { addDays } from '../time/calendar';
import { localDayOf } from '../time/local-day';
import { ownWallet, walletsById } from '../wallets/wallet.queries';
import { pricesFrom } from './price.queries';
import { readTaxTerms } from './quote.queries';
import { quote } from './quote.rules';
import { QuoteType, toQuote } from './quote.type';

@ArgsType()
class QuoteArgs {
  @Field(() => Int, { description: 'The number of passes.' })
  quantity!: number;

  @Field(() => ID, {
    nullable: true,
    description: "The id of the wallet to credit. Default: the account's own wallet.",
  })
  walletId?: string | null;

  @Field(() => PaymentMethodEnum, {
    nullable: true,
    description:
      'How the passes are to be paid: one of billing.paymentMethods. The price does not depend on it.',
  })
  paymentMethod?: PaymentMethodKind | null;
}

@Resolver()
export class QuoteResolver {
  @Query(() => QuoteType, {
    nullable: true,
    description:
      'What a quantity of day passes would cost now, with the tax. For account admins, with or without access to the agent portal; an API key needs the scope billing:read.',
  })
  async dayPassQuote(
    @Args(() => QuoteArgs) { quantity, walletId, paymentMethod }: QuoteArgs,
    @Ctx() context: RequestContext,
  ): Promise<QuoteType> {
    await context.permissions.require('billing:read');
    const { scope, id } = context.account;
    const nowMs = await context.reads.accountNowMs();
    const rowId = rowIdOrNone('DayPassWallet', walletId);
    const [account, wallet, prices] = await Promise.all([
      context.reads.loadExisting(accountsById, id),
      rowId === null ? ownWallet(scope) : context.reads.load(walletsById, rowId),
      pricesFrom(scope, nowMs),
    ]);
    const isBilled = account.billingMode === 'BILLED';
    const terms = isBilled ? await readTaxTerms(scope, nowMs) : null;
    const asked = { quantity, paymentMethod: paymentMethod ?? null };
    const quoted = quote({ ...asked, account, wallet, prices, terms, nowMs });
    const { paymentMethods, creditedFirst, termsDays } = toBilling(account);
    const isDueLater = paymentMethods.includes('TERMS') && creditedFirst;
    const { localDate } = localDayOf(nowMs, account.timeZone);
    const dueOn = isDueLater ? addDays(localDate, termsDays ?? 0) : null;
    return toQuote(quoted, { paymentMethods, dueOn });
  }
}
