import { writeCount } from '../../format/count';
import { Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { BuyBalanceDocument } from '../../generated/app';
import { useLive } from '../../session/use-live';
import { LiveMark } from '../../ui/live-mark';
import { writeMoney } from '../../format/money';
import { times, type ListPrice } from './buy-price';
import { Facts } from '../ledger/ledger-facts';

/** What it comes to, and what the balance will be. */
export function Summary({
  wallet,
  quantity,
  tier,
}: {
  wallet: { id: string; balance: number };
  quantity: number | null;
  tier: ListPrice | null;
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
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={2} size="h4">
          Total
        </Title>
        <LiveMark />
      </Group>
      <div role="status" aria-label="Total before tax">
        <Text fz={32} fw={650} lh={1.1} className="total">
          {isWhole ? writeMoney(times(tier.unitPrice, quantity)) : '–'}
        </Text>
        <Text size="sm" c="dimmed">
          before tax
        </Text>
      </div>
      <Facts
        facts={[
          ['Per pass', isWhole ? writeMoney(tier.unitPrice) : '–'],
          ['Balance now', passes(balance)],
          ['Balance after', isWhole ? passes(balance + quantity) : '–'],
        ]}
      />
    </Stack>
  );
}

function passes(balance: number): string {
  return writeCount(balance);
}
