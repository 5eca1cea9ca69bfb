import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { agentsById } from '../agents/agent.queries';
import type { RequestContext } from '../api/context';
import { toMoney } from '../api/money.type';
import { nodeId, rowIdOrNone } from '../api/node';
import { clientsById } from '../clients/client.queries';
import { DomainError } from '../core/domain-error';
import { usageRows, type UsageGroup, type UsageRow } from './usage.queries';
import { periodsBetween } from './usage.rules';
import { UsageArgs, UsageType } from './usage.type';

/** 400 periods of 25 keys each, or 25 of 400. */
const rowsMax = 10_000;

@Resolver(() => UsageType)
export class UsageResolver {
  @Query(() => [UsageType], {
    nullable: true,
    description:
      'Passes used per period of their own local dates, from and to included, at most 400 periods; reversed ones are counted apart. Oldest first. For account admins who are in.',
  })
  async dayPassUsage(
    @Args(() => UsageArgs) { from, to, interval, groupBy = null, walletId }: UsageArgs,
    @Ctx() context: RequestContext,
  ): Promise<UsageType[]> {
    await context.require('journal:read');
    const periods = periodsBetween({ from, to }, interval);
    const rows = await usageRows(context.scope, {
      from,
      to,
      interval,
      groupBy,
      walletId: rowIdOrNone('DayPassWallet', walletId),
      most: rowsMax + 1,
    });
    if (rows.length > rowsMax) {
      throw new DomainError('QUERY_TOO_COMPLEX', 'Ask for fewer periods: that is too many rows.');
    }
    if (groupBy !== null) return rows.map((row) => toUsage(row, groupBy));
    const found = new Map(rows.map((row) => [row.periodStart, row]));
    return periods.map((start) => toUsage(found.get(start) ?? unused(start), null));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The name of the agent or client, or the source; null where key is, and for a client to whoever may not use the section TICKETS.',
  })
  async label(
    @Root() { groupBy, rowKey }: UsageType,
    @Ctx() context: RequestContext,
  ): Promise<string | null> {
    if (rowKey === null || groupBy === null || groupBy === 'SOURCE') return rowKey;
    if (groupBy === 'AGENT') return (await context.loadExisting(agentsById, rowKey)).name;
    if (!(await context.has('tickets:read'))) return null;
    return (await context.loadExisting(clientsById, rowKey)).name;
  }
}

const keyTypes = { AGENT: 'Agent', CLIENT: 'Client' };

function toUsage(row: UsageRow, groupBy: UsageGroup | null): Omit<UsageType, 'label'> {
  const { key: rowKey, costMinor: minor, currency, ...counts } = row;
  const type = groupBy === 'AGENT' || groupBy === 'CLIENT' ? keyTypes[groupBy] : null;
  return {
    ...counts,
    key: type !== null && rowKey !== null ? nodeId(type, rowKey) : rowKey,
    cost: minor !== null && currency !== null ? toMoney({ minor, currency }) : null,
    groupBy,
    rowKey,
  };
}

function unused(periodStart: string): UsageRow {
  const none = { consumed: 0, reversed: 0, emergency: 0 };
  return { periodStart, key: null, ...none, costMinor: null, currency: null };
}
