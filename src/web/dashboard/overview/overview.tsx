import { Grid, Stack, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { OverviewInNowDocument, OverviewUsageDocument } from '../../generated/app';
import { nameOf } from '../../session/use-api-query';
import { useSoon } from '../../ui/use-soon';
import { useTitle } from '../../ui/use-title';
import { AdminGate } from '../admin-gate';
import { OverviewBalance } from './overview-balance';
import { OverviewFeed } from './overview-feed';
import { OverviewInNow } from './overview-in-now';
import { OverviewOutlook } from './overview-outlook';
import { OverviewUsage } from './overview-usage';
import { words } from '../../words';

/** The admin's first page: balance, agents who are in, usage and activity. */
export function Overview() {
  useTitle(words.dashboard.title);
  const [balance, setBalance] = useState<number | null>(null);
  return (
    <Stack gap="lg">
      <Title order={1} size="h2">
        {words.overview.title}
      </Title>
      <OverviewBalance onBalance={setBalance} />
      <AdminGate invitation={words.overview.invitation}>
        <OverviewBehindGate balance={balance} />
      </AdminGate>
    </Stack>
  );
}

function OverviewBehindGate({ balance }: { balance: number | null }) {
  const queries = useQueryClient();
  const readAnew = useSoon(() => {
    for (const document of [OverviewInNowDocument, OverviewUsageDocument]) {
      void queries.invalidateQueries({ queryKey: [nameOf(document as never)] });
    }
  });
  return (
    <Stack gap="lg">
      <OverviewOutlook balance={balance} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <OverviewInNow />
            <OverviewUsage />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <OverviewFeed onEntry={readAnew} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
