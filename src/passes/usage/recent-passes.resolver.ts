import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { AgentType } from '../../agents/agent.type';
import type { RequestContext } from '../../api/context';
import { MoneyType } from '../../api/money.type';
import { DateTimeScalar } from '../../api/scalars';
import { writeSums } from '../consumptions/money-sums';
import { recentKey, recentPasses } from './recent-passes.queries';

const recentMs = 30 * 86_400_000;

@ObjectType({ description: 'The day passes that an agent has used in the last 30 days.' })
class RecentDayPasses {
  @Field(() => Int, {
    description:
      'The number of passes used in the 30 days up to now, by the account’s clock, without those that were reversed.',
  })
  consumed!: number;

  @Field(() => MoneyType, {
    nullable: true,
    description:
      'The sum of what was paid for them, without tax. Null if nothing was paid for any of them, or if their lots were bought in different currencies.',
  })
  paid!: MoneyType | null;

  @Field(() => [MoneyType], {
    description:
      'The sum of what was paid for them, without tax: one amount per currency, in the order of the codes. Empty if nothing was paid for any of them.',
  })
  paidByCurrency!: MoneyType[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the newest pass of the agent started, even if that is longer ago. Null if the agent never used a pass, or only passes that were reversed.',
  })
  lastStartsAt!: Date | null;
}

/** What an agent costs. The agent itself was guarded before. */
@Resolver(() => AgentType)
export class RecentPassesResolver {
  @FieldResolver(() => RecentDayPasses, {
    nullable: true,
    description:
      'The day passes of the last 30 days, and when the agent was last in. For account admins with access to the agent portal, and API keys with the scope agents:read.',
  })
  async recentDayPasses(
    @Root() { rowId }: AgentType,
    @Ctx() context: RequestContext,
  ): Promise<RecentDayPasses> {
    await context.permissions.require('passes:read');
    const sinceMs = (await context.reads.accountNowMs()) - recentMs;
    const recent = await context.reads.load(recentPasses, recentKey(rowId, sinceMs));
    const { consumed, paid, lastStartsAt } = recent!;
    const { only, all } = writeSums(paid);
    return { consumed, paid: only, paidByCurrency: all, lastStartsAt };
  }
}
