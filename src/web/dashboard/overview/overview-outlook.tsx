import { writeCount } from '../../format/count';
import { Paper, SimpleGrid, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  OverviewInNowDocument,
  OverviewUsageDocument,
  OverviewWalletDocument,
} from '../../generated/app';
import { writeDate, type TimeStyle } from '../../format/times';
import { dateIn } from '../../format/zone';
import { useAccountClock } from '../../session/use-account-now';
import { useApiQuery } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { writeMoney } from '../../format/money';
import { inNowSize } from './overview-in-now';
import { addDays } from '../../format/calendar';
import { estimate, latestDateOnEarth, type UsageRow } from './overview.rules';
import { sumOf } from './usage.rules';
import { words } from '../../words';

/** A month covers weekends, and agents who come once a week. */
const rateDays = 30;

/** How many agents are in, how many passes were used, and how long the rest may last. */
export function OverviewOutlook({ balance }: { balance: number | null }) {
  const { timeZone } = useViewer().account;
  const clock = useAccountClock().data;
  const wallet = useApiQuery(OverviewWalletDocument, {}).data?.dayPassWallet;
  const nowMs = clock?.serviceMs ?? 0;
  const today = dateIn(nowMs, timeZone);
  const from = addDays(today, 1 - rateDays);
  const { data: usage, error } = useApiQuery(
    OverviewUsageDocument,
    { from, to: latestDateOnEarth(nowMs), interval: 'DAY', walletId: wallet?.id },
    { enabled: clock !== undefined && wallet !== undefined },
  );
  const { data: inNow } = useApiQuery(OverviewInNowDocument, { first: inNowSize });
  const rows = usage?.dayPassUsage;
  const used = rows?.reduce((sum, { consumed }) => sum + consumed, 0);
  // The chart of the same numbers shows what went wrong.
  const none = error && !rows ? '–' : undefined;
  const usedToday = rows
    ?.filter(({ periodStart }) => periodStart >= today)
    .reduce((sum, { consumed }) => sum + consumed, 0);
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
      <Fact
        name="in-now"
        label={words.overview.facts.inNow}
        remark={words.overview.facts.inNowText}
      >
        {inNow?.dayPassConsumptions &&
          write(inNow.dayPassConsumptions.totalCount, words.overview.facts.inNowMany)}
      </Fact>
      <Fact
        name="used-today"
        label={words.overview.facts.usedToday}
        remark={words.overview.facts.usedTodayText}
      >
        {write(usedToday, none)}
      </Fact>
      <Fact
        name="used-30"
        label={words.overview.facts.usedIn(rateDays)}
        remark={rows ? spentText(rows) : undefined}
      >
        {write(used, none)}
      </Fact>
      <Lasts balance={balance} rows={rows} today={today} />
    </SimpleGrid>
  );
}

/** A count, or the text for a count that is not known. */
function write(count: number | null | undefined, none: string | undefined): string | undefined {
  return count == null ? none : writeCount(count);
}

/** What was paid for the passes first, then what they cost at list price. */
function spentText(rows: readonly UsageRow[]): string | undefined {
  const [paid, cost] = [sumOf(rows.map((row) => row.paid)), sumOf(rows.map((row) => row.cost))];
  if (paid && cost)
    return words.overview.facts.paidAndAtListPrice(writeMoney(paid), writeMoney(cost));
  if (paid) return words.overview.facts.paid(writeMoney(paid));
  return cost ? words.overview.facts.atListPrice(writeMoney(cost)) : undefined;
}

function Lasts({
  balance,
  rows,
  today,
}: {
  balance: number | null;
  rows: Parameters<typeof estimate>[1] | null | undefined;
  today: string;
}) {
  const label = words.overview.facts.lasts;
  if (balance === null || !rows) return <Fact name="lasts" label={label} />;
  const guess = estimate(balance, rows, today);
  if (!guess) {
    const why =
      balance <= 0 ? words.overview.facts.nothingLeft : words.overview.facts.nothingUsed(rateDays);
    return (
      <Fact name="lasts" label={label} remark={why}>
        –
      </Fact>
    );
  }
  const { days, perDay, until } = guess;
  const rate = perDay < 10 ? perDay.toFixed(1) : writeCount(Math.round(perDay));
  return (
    <Fact
      name="lasts"
      label={label}
      remark={
        days > 365
          ? words.overview.facts.rate(rate)
          : words.overview.facts.until(writeDate(until, styleFor(until, today)), rate)
      }
    >
      {days > 365 ? words.overview.facts.overAYear : words.overview.facts.days(days)}
    </Fact>
  );
}

/** With the year, if it is not the present one. */
function styleFor(date: string, today: string): TimeStyle {
  return date.slice(0, 4) === today.slice(0, 4) ? 'date' : 'dateOfYear';
}

function Fact({
  name,
  label,
  remark,
  children,
}: {
  name: string;
  label: string;
  remark?: string;
  children?: ReactNode;
}) {
  return (
    <Paper withBorder px="md" py="sm">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      {children == null ? (
        <Skeleton h={28} w={60} my={4} />
      ) : (
        <Text fz={24} fw={650} lh={1.5} className="number" data-fact={name}>
          {children}
        </Text>
      )}
      {remark && (
        <Text size="xs" c="dimmed">
          {remark}
        </Text>
      )}
    </Paper>
  );
}
