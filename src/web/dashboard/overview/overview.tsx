import { Button, Group, Title } from '@mantine/core';
import { IconShoppingCart } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { dateIn } from '../../format/zone';
import {
  OverviewAddedDocument,
  OverviewFirstStepsDocument,
  OverviewForecastDocument,
  OverviewInNowDocument,
  OverviewUsageByGroupDocument,
  OverviewUsageDocument,
} from '../../generated/app';
import { useAccountClock } from '../../session/use-account-now';
import { nameOf } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { useSoon } from '../../ui/use-soon';
import { useTitle } from '../../ui/use-title';
import { AdminGate } from '../admin-gate';
import { OverviewBalance } from './overview-balance';
import { OverviewEmptyBy } from './overview-empty-by';
import { OverviewFeed } from './overview-feed';
import { OverviewFirstSteps } from './overview-first-steps';
import { OverviewHistory } from './overview-history';
import { OverviewInNow } from './overview-in-now';
import { InNowTile } from './overview-in-now-tile';
import { OverviewUsage } from './overview-usage';
import { OverviewMonth, useDailyUsage } from './overview-use';
import './overview.css';
import { words } from '../../words';

/** The admin's first page: how many passes are left, until when, what they cost, and who is in. */
export function Overview() {
  useTitle(words.dashboard.title);
  const [balance, setBalance] = useState<number | null>(null);
  const isFullTime = useViewer().agent?.type === 'FULL_TIME';
  return (
    <div className="overview">
      <Group justify="space-between" gap="xs" className="overview-wide">
        <Title order={1} size="h2">
          {words.overview.title}
        </Title>
        <Button
          component={Link}
          to="/admin/buy"
          leftSection={<IconShoppingCart size={18} aria-hidden />}
        >
          {words.overview.balance.buy}
        </Button>
      </Group>
      <OverviewBalance onBalance={setBalance} />
      {isFullTime ? (
        <OverviewInside balance={balance} />
      ) : (
        <div className="overview-wide">
          <AdminGate invitation={words.overview.invitation}>
            <div className="overview">
              <OverviewInside balance={balance} />
            </div>
          </AdminGate>
        </div>
      )}
    </div>
  );
}

/** What an occasional admin sees with a day pass only. */
function OverviewInside({ balance }: { balance: number | null }) {
  const queries = useQueryClient();
  const { timeZone } = useViewer().account;
  const clock = useAccountClock().data;
  const today = dateIn(clock?.serviceMs ?? 0, timeZone);
  const usage = useDailyUsage(clock ? { ms: clock.serviceMs, today } : null);
  const invalidateSoon = useSoon(() => {
    const changed = [
      OverviewInNowDocument,
      OverviewUsageDocument,
      OverviewUsageByGroupDocument,
      OverviewForecastDocument,
      OverviewAddedDocument,
      OverviewFirstStepsDocument,
    ];
    for (const document of changed) {
      void queries.invalidateQueries({ queryKey: [nameOf(document as never)] });
    }
  });
  return (
    <>
      <OverviewEmptyBy today={today} />
      <OverviewMonth rows={usage.rows} today={clock ? today : null} />
      <InNowTile />
      <OverviewFirstSteps />
      {clock && (
        <div className="overview-wide">
          <OverviewHistory {...{ balance, today, usage }} />
        </div>
      )}
      <div className="overview-wide overview-lists">
        <div className="overview-list">
          <OverviewInNow />
          <OverviewUsage />
        </div>
        <OverviewFeed onEntry={invalidateSoon} />
      </div>
    </>
  );
}
