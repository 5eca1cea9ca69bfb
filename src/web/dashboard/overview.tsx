import { Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { WalletChangedDocument } from '../generated/app';
import { useLive } from '../session/use-live';
import { LiveMark } from '../ui/live-mark';
import { useTitle } from '../ui/use-title';

/** The balance first, as it moves. */
export function Overview() {
  useTitle('Day passes');
  const [balance, setBalance] = useState<number | null>(null);
  useLive(
    WalletChangedDocument,
    {},
    {
      next: ({ dayPassWalletChanged: change }) => setBalance(change.balance),
      resume: (_, { dayPassWalletChanged: { cursor } }) => ({ after: cursor }),
    },
  );
  return (
    <Group>
      <Title order={1}>Day passes</Title>
      <Text>{balance}</Text>
      <LiveMark />
    </Group>
  );
}
