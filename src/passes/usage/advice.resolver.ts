import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { accountsById } from '../../accounts/account.queries';
import { AgentType } from '../../agents/agent.type';
import type { RequestContext } from '../../api/context';
import { toMoney } from '../../api/money.type';
import { adviceKey, paidMonths } from './advice.queries';
import { advise, monthDays } from './advice.rules';
import { AdviceType } from './advice.type';

/** Pass or licence. The agent itself was guarded before. */
@Resolver(() => AgentType)
export class AdviceResolver {
  @FieldResolver(() => AdviceType, {
    nullable: true,
    description:
      'Whether day passes or a licence are cheaper for this agent. Null for full-time agents, because no pass shows when they work; for agents who are not active; if the account has no seatPrice; and if passes were bought in another currency. For account admins with access to the agent portal, and API keys with the scope journal:read.',
  })
  async passAdvice(
    @Root() { rowId, type, status }: AgentType,
    @Ctx() context: RequestContext,
  ): Promise<AdviceType | null> {
    await context.permissions.require('journal:read');
    if (type !== 'OCCASIONAL' || status !== 'ACTIVE') return null;
    const account = await context.reads.loadExisting(accountsById, context.account.id);
    const { seatPriceMinor: seatMinor, currency } = account;
    if (seatMinor === null) return null;
    const nowMs = await context.reads.accountNowMs();
    const { sinceMs, months } = await context.reads.loadExisting(
      paidMonths,
      adviceKey(rowId, nowMs),
    );
    if (months.some((one) => one.currency !== currency)) return null;
    const fullMonths = Math.floor((nowMs - (sinceMs ?? nowMs)) / (monthDays * 86_400_000));
    const advice = advise(months, { fullMonths, seatMinor });
    const money = (minor: number) => toMoney({ minor, currency });
    return {
      verdict: advice.verdict,
      months: advice.months,
      paidDays: advice.paidDays,
      cost: money(advice.costMinor),
      seatCost: money(seatMinor),
      breakEvenDaysPerMonth: advice.breakEvenDays,
      difference: advice.verdict === 'NOT_ENOUGH_HISTORY' ? null : money(advice.differenceMinor),
    };
  }
}
