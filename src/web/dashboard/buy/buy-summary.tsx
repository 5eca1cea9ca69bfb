import { ToCome } from '../../ui/to-come';
import { writeCount } from '../../format/count';
import { Group, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { BuyBalanceDocument } from '../../generated/app';
import { useLive } from '../../session/use-live';
import { LiveMark } from '../../ui/live-mark';
import { writeMoney } from '../../format/money';
import { times, type ListPrice } from './buy-price';
import { useDaysCovered } from './use-days-covered';
import { Facts } from '../ledger/ledger-facts';
import { words } from '../../words';

/** The height of the text about the days that the passes cover: two lines. */
const linesOfCover = 34;

/** The total, and the balance after the purchase. */
export function Summary({
  wallet,
  quantity,
  tier,
  children,
}: {
  wallet: { id: string; balance: number };
  quantity: number | null;
  tier: ListPrice | null;
  /** More about the total. */
  children?: ReactNode;
}) {
  const [live, setLive] = useState<number | null>(null);
  useLive(
    BuyBalanceDocument,
    { walletId: wallet.id },
    {
      next: ({ dayPassWalletChanged: { balance } }) => setLive(balance),
      resume: (asked, { dayPassWalletChanged: { cursor } }) => ({ ...asked, after: cursor }),
    },
  );
  const balance = live ?? wallet.balance;
  const isWhole = quantity !== null && tier !== null;
  const cover = useDaysCovered(wallet.id, { balance, quantity: isWhole ? quantity : null });
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {words.buy.summary.total}
        </Title>
        <LiveMark />
      </Group>
      <div role="status" aria-label={words.buy.summary.totalBeforeTax}>
        <Text fz={32} fw={650} lh={1.1} className="total">
          {isWhole ? writeMoney(times(tier.unitPrice, quantity)) : '–'}
        </Text>
        <Text size="sm" c="dimmed">
          {words.buy.summary.beforeTax}
        </Text>
      </div>
      {children}
      <Facts
        facts={[
          [words.buy.summary.perPass, isWhole ? writeMoney(tier.unitPrice) : '–'],
          [words.buy.summary.balanceNow, writeCount(balance)],
          [words.buy.summary.balanceAfter, isWhole ? writeCount(balance + quantity) : '–'],
          cover === null ? null : [words.buy.summary.covers, cover ? daysOf(cover.likely) : '–'],
        ]}
      />
      {/* The button below stays in its place. */}
      {cover === undefined && <ToCome height={linesOfCover} />}
      {cover && (
        <Text size="xs" c="dimmed">
          {rangeOf(cover)}
        </Text>
      )}
    </Stack>
  );
}

function rangeOf({ earliest, latest }: { earliest: number | null; latest: number | null }): string {
  if (earliest === null) return words.buy.summary.coversText;
  if (latest === null) return words.buy.summary.coversAtLeast(daysOf(earliest));
  return words.buy.summary.coversRange(daysOf(earliest), daysOf(latest));
}

function daysOf(days: number | null): string {
  return days === null ? words.buy.summary.overAYear : words.buy.summary.days(days);
}
