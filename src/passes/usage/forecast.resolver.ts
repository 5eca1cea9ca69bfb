import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { accountsById } from '../../accounts/account.queries';
import type { RequestContext } from '../../api/context';
import { rowIdOrNone } from '../../api/node';
import { creditMax } from '../../ledger/books/grant';
import { localDayOf } from '../../time/local-day';
import { ownWallet, walletsById } from '../../wallets/wallet.queries';
import { dailyUse, leftByEnd } from './forecast.queries';
import { forecast } from './forecast.rules';
import { ForecastType } from './forecast.type';

@Resolver(() => ForecastType)
export class ForecastResolver {
  @Query(() => ForecastType, {
    nullable: true,
    description:
      'When a wallet will be empty. Null if the account has no wallet with this id. For account admins with access to the agent portal; an API key needs the scope journal:read.',
  })
  async dayPassForecast(
    @Arg('walletId', () => ID, {
      nullable: true,
      description: "The id of the wallet. Default: the account's own wallet.",
    })
    walletId: string | null,
    @Arg('morePasses', () => Int, {
      nullable: true,
      description:
        'How many passes to add to those of the wallet, 0 to 1,000,000: what a purchase would change. Default: 0. A number outside of this range counts as its nearest end.',
    })
    morePasses: number | null,
    @Ctx() context: RequestContext,
  ): Promise<ForecastType | null> {
    await context.permissions.require('journal:read');
    const { scope, id } = context.account;
    const wallet =
      walletId == null
        ? await ownWallet(scope)
        : await context.reads.load(walletsById, rowIdOrNone('DayPassWallet', walletId));
    if (!wallet) return null;

    const [nowMs, account] = await Promise.all([
      context.reads.accountNowMs(),
      context.reads.loadExisting(accountsById, id),
    ]);
    const dateOf = (atMs: number) => localDayOf(atMs, account.timeZone).localDate;
    const today = dateOf(nowMs);
    const [used, left] = await Promise.all([
      dailyUse(scope, { walletId: wallet.id, today }),
      leftByEnd(scope, { walletId: wallet.id, nowMs }),
    ]);
    const { weekdayMeans, ...answer } = forecast({
      // Passes past their end are in the balance until the entry that removes them is written.
      balance: wallet.balance - left.due + Math.max(0, Math.min(morePasses ?? 0, creditMax)),
      today,
      used,
      stocks: left.stocks.map(({ count, expiresAtMs }) => ({
        count,
        lastDate: expiresAtMs === null ? null : dateOf(expiresAtMs - 1),
      })),
      seed: Buffer.from(wallet.lastHash, 'hex'),
    });
    return { ...answer, weekdayMeans: weekdayMeans.map((mean) => mean.toFixed(2)) };
  }
}
