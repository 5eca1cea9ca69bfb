import type { ReactNode } from 'react';
import { addDays } from '../../format/calendar';
import { writeCount } from '../../format/count';
import { writeSums } from '../../format/money';
import { writeDate } from '../../format/times';
import { OverviewUsageDocument, OverviewWalletDocument } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { words } from '../../words';
import { changeOf } from './balance.rules';
import { latestDateOnEarth, type UsageRow } from './overview.rules';
import { Tile } from './tile';
import { sumsOf } from './usage.rules';

/** A month covers weekends, and agents who come once a week. */
const rateDays = 30;
/** Enough for the chart, the present month, and thirty days with the thirty before. */
export const usageDays = 90;

/** The use of the account's own wallet by day. */
export function useDailyUsage(now: { ms: number; today: string } | null) {
  const walletRead = useApiQuery(OverviewWalletDocument, {});
  const wallet = walletRead.data?.dayPassWallet;
  const { data, error, refetch } = useApiQuery(
    OverviewUsageDocument,
    {
      from: addDays(now?.today ?? '2000-01-01', 1 - usageDays),
      to: latestDateOnEarth(now?.ms ?? 0),
      interval: 'DAY',
      walletId: wallet?.id,
    },
    { enabled: now !== null && wallet !== undefined },
  );
  // Without the wallet, its use is not asked for.
  if (walletRead.error && !wallet) return { ...walletRead, rows: undefined };
  return { rows: data?.dayPassUsage, error, refetch };
}

/** What this month's passes cost: what was paid for those that were used. */
export function OverviewMonth({
  rows,
  isFailed,
  today,
}: {
  rows: readonly UsageRow[] | null | undefined;
  /** Whether the use could not be read. */
  isFailed: boolean;
  /** Null until the account's clock is read: then no month is named. */
  today: string | null;
}) {
  if (!today) return <Tile name="month" label={words.overview.month.labelOfPresent} />;
  const label = words.overview.month.label(writeDate(today, 'month'));
  if (!rows) {
    return (
      <Tile name="month" label={label}>
        {isFailed ? '–' : null}
      </Tile>
    );
  }
  const month = rows.filter(({ periodStart }) => periodStart >= `${today.slice(0, 7)}-01`);
  const used = usedIn(month);
  const paid = sumsOf(month.flatMap((row) => row.paidByCurrency));
  const cost = sumsOf(month.flatMap((row) => row.costByCurrency));
  const passes = words.overview.month.used(used);
  return (
    <Tile
      name="month"
      label={label}
      isQuiet={paid.length !== 1}
      remark={
        cost.length > 0 ? words.overview.month.usedAtListPrice(passes, writeSums(cost)) : passes
      }
    >
      {paid.length > 0 ? writeSums(paid) : words.overview.month.nothingPaid}
    </Tile>
  );
}

/** Today, and the last thirty days beside the thirty before. */
export function OverviewUse({ rows, today }: { rows: readonly UsageRow[]; today: string }) {
  const begin = addDays(today, 1 - rateDays);
  const beginBefore = addDays(begin, -rateDays);
  const recent = rows.filter(({ periodStart }) => periodStart >= begin);
  const before = rows.filter(
    ({ periodStart }) => periodStart >= beginBefore && periodStart < begin,
  );
  const firstUse = rows.find(({ consumed }) => consumed > 0)?.periodStart;
  // An account that began meanwhile has no thirty days before.
  const isComparable = firstUse !== undefined && firstUse <= beginBefore;
  const [paid, paidBefore] = [recent, before].map((some) =>
    sumsOf(some.flatMap((row) => row.paidByCurrency)),
  ) as [Sums, Sums];
  return (
    <dl className="overview-use">
      <Fact name="used-today" label={words.overview.facts.usedToday}>
        {writeCount(usedIn(rows.filter(({ periodStart }) => periodStart >= today)))}
      </Fact>
      <Fact
        name="used-30"
        label={words.overview.facts.usedIn(rateDays)}
        change={isComparable ? changeOf(usedIn(recent), usedIn(before)) : null}
      >
        {writeCount(usedIn(recent))}
      </Fact>
      <Fact
        name="paid-30"
        label={words.overview.facts.paidIn(rateDays)}
        change={isComparable ? changeOfSums(paid, paidBefore) : null}
      >
        {writeSums(paid)}
      </Fact>
    </dl>
  );
}

function Fact({
  name,
  label,
  change = null,
  children,
}: {
  name: string;
  label: string;
  /** In percent. */
  change?: number | null;
  children: ReactNode;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span className="number" data-fact={name}>
          {children}
        </span>
        {change !== null && (
          <span className="change">{words.overview.facts.change(change, rateDays)}</span>
        )}
      </dd>
    </div>
  );
}

type Sums = ReturnType<typeof sumsOf>;

/** The change in percent, if both times have the same one currency. */
function changeOfSums([now, ...others]: Sums, [before, ...othersBefore]: Sums): number | null {
  if (others.length + othersBefore.length > 0 || now?.currency !== before?.currency) return null;
  return now && before ? changeOf(Number(now.amount), Number(before.amount)) : null;
}

function usedIn(rows: readonly UsageRow[]): number {
  return rows.reduce((sum, { consumed }) => sum + consumed, 0);
}
