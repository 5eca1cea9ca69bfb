import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { agentsById } from '../../agents/agent.queries';
import type { RequestContext } from '../../api/context';
import { nodeId, rowIdOrNone } from '../../api/node';
import { clientsById } from '../../clients/client.queries';
import { DomainError } from '../../core/domain-error';
import { writeSums } from '../consumptions/money-sums';
import { checkTop } from '../consumptions/top.rules';
import { usageRows, type UsageGroup, type UsageRow } from './usage.queries';
import { convertedAgents } from './conversion.queries';
import { fullTimeDates } from './full-time-days.rules';
import { periodOf, periodsBetween, type UsageInterval } from './usage.rules';
import { UsageArgs, UsageType } from './usage.type';

/** 400 periods of 25 keys each, or 25 of 400. */
const rowsMax = 10_000;

@Resolver(() => UsageType)
export class UsageResolver {
  @Query(() => [UsageType], {
    nullable: true,
    description:
      'The day passes used per period, oldest first. Each pass counts on its own local date. `from` and `to` are included; at most 400 periods. For account admins with access to the agent portal; an API key needs the scope journal:read.',
  })
  async dayPassUsage(
    @Args(() => UsageArgs) { from, to, interval, groupBy = null, walletId, top = null }: UsageArgs,
    @Ctx() context: RequestContext,
  ): Promise<UsageType[]> {
    await context.permissions.require('journal:read');
    checkTop(top);
    const periods = periodsBetween({ from, to }, interval);
    const found = await usageRows(context.account.scope, {
      from,
      to,
      interval,
      groupBy,
      walletId: rowIdOrNone('DayPassWallet', walletId),
      most: rowsMax + 1,
      top: groupBy === null ? null : top,
    });
    const countsDays = walletId == null && (groupBy === null || groupBy === 'AGENT');
    const rows = countsDays
      ? withFullTimeDays(
          found,
          await readFullTimeDays(context, { from, to, interval, groupBy }),
          top,
        )
      : found;
    if (rows.length > rowsMax) throw tooManyRows();
    if (groupBy !== null) return rows.map((row) => toUsage(row, groupBy));
    const byPeriod = new Map(rows.map((row) => [row.periodStart, row]));
    return periods.map((start) => {
      const row = byPeriod.get(start) ?? unused(start, null);
      return toUsage(countsDays ? { fullTimeDays: 0, ...row } : row, null);
    });
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The name of the agent or client, or the source. Null if `key` is null, and for a client if the caller may not read clients (section TICKETS or the scope tickets:read).',
  })
  async label(
    @Root() { groupBy, rowKey }: UsageType,
    @Ctx() context: RequestContext,
  ): Promise<string | null> {
    if (rowKey === null || groupBy === null || groupBy === 'SOURCE') return rowKey;
    if (groupBy === 'AGENT') return (await context.reads.loadExisting(agentsById, rowKey)).name;
    if (!(await context.permissions.has('tickets:read'))) return null;
    return (await context.reads.loadExisting(clientsById, rowKey)).name;
  }
}

/** Full-time days by period and, if requested, by agent. */
type FullTimeDays = Map<string, { periodStart: string; key: string | null; days: number }>;

async function readFullTimeDays(
  context: RequestContext,
  asked: { from: string; to: string; interval: UsageInterval; groupBy: UsageGroup | null },
): Promise<FullTimeDays> {
  const { from, to, interval, groupBy } = asked;
  const converted = await convertedAgents(context.account.scope, { from, to, most: rowsMax + 1 });
  if (converted.length > rowsMax) throw tooManyRows();
  const nowMs = await context.reads.accountNowMs();
  const counted: FullTimeDays = new Map();
  for (const agent of converted) {
    const key = groupBy === null ? null : agent.agentId;
    for (const date of fullTimeDates(agent, { from, to, nowMs })) {
      const periodStart = periodOf(date, interval);
      const place = placeOf({ periodStart, key });
      const days = (counted.get(place)?.days ?? 0) + 1;
      counted.set(place, { periodStart, key, days });
    }
  }
  return counted;
}

/** The rows with their full-time days, and rows for periods with full-time days only. */
function withFullTimeDays(
  rows: readonly UsageRow[],
  counted: FullTimeDays,
  top: number | null,
): UsageRow[] {
  const known = new Set(rows.map(placeOf));
  const keys = new Set(rows.map(({ key }) => key));
  const more = [...counted].filter(
    ([place, { key }]) => !known.has(place) && (top === null || keys.has(key)),
  );
  return [
    ...rows.map((row) => ({ ...row, fullTimeDays: counted.get(placeOf(row))?.days ?? 0 })),
    ...more.map(([, { periodStart, key, days }]) => ({
      ...unused(periodStart, key),
      fullTimeDays: days,
    })),
  ].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

function placeOf({ periodStart, key }: Pick<UsageRow, 'periodStart' | 'key'>): string {
  return `${periodStart} ${key ?? ''}`;
}

function tooManyRows(): DomainError {
  return new DomainError(
    'QUERY_TOO_COMPLEX',
    'The report has too many rows. Ask for fewer periods, or leave out groupBy.',
  );
}

const keyTypes = { AGENT: 'Agent', CLIENT: 'Client' };

function toUsage(row: UsageRow, groupBy: UsageGroup | null): Omit<UsageType, 'label'> {
  const { key: rowKey, fullTimeDays = null, ...sums } = row;
  const { paid: paidSums, cost: costSums, ...counts } = sums;
  const [paid, cost] = [writeSums(paidSums), writeSums(costSums)];
  const type = groupBy === 'AGENT' || groupBy === 'CLIENT' ? keyTypes[groupBy] : null;
  return {
    ...counts,
    fullTimeDays,
    key: type !== null && rowKey !== null ? nodeId(type, rowKey) : rowKey,
    paid: paid.only,
    paidByCurrency: paid.all,
    cost: cost.only,
    costByCurrency: cost.all,
    groupBy,
    rowKey,
  };
}

function unused(periodStart: string, key: string | null): UsageRow {
  return { periodStart, key, consumed: 0, reversed: 0, emergency: 0, paid: [], cost: [] };
}
