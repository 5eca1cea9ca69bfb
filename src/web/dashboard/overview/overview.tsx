import { Button, Group, Title } from '@mantine/core';
import { IconShoppingCart } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { ToCome } from '../../ui/to-come';
import { dateIn } from '../../format/zone';
import {
  OverviewAddedDocument,
  OverviewFirstStepsDocument,
  OverviewForecastDocument,
  OverviewInNowDocument,
  OverviewUsageByGroupDocument,
  OverviewUsageDocument,
  OverviewWalletDocument,
} from '../../generated/app';
import { useAccountClock } from '../../session/use-account-now';
import { nameOf, useApiQuery } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { useSoon } from '../../ui/use-soon';
import { useTitle } from '../../ui/use-title';
import { AdminGate } from '../admin-gate';
import { isNewAccount } from './first-steps.rules';
import { OverviewBalance } from './overview-balance';
import { OverviewEmptyBy } from './overview-empty-by';
import { OverviewFeed } from './overview-feed';
import { OverviewFirstSteps, useFirstSteps } from './overview-first-steps';
import { OverviewHistory } from './overview-history';
import { OverviewInNow } from './overview-in-now';
import { InNowTile } from './overview-in-now-tile';
import { OverviewUsage } from './overview-usage';
import { OverviewMonth, useDailyUsage } from './overview-use';
import { OverviewWalletState } from './overview-wallet-state';
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
        <Title order={1}>{words.overview.title}</Title>
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
        <OverviewInside balance={balance} hasWarning />
      ) : (
        <div className="overview-wide overview-rest">
          <OverviewWalletState balance={balance} />
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
function OverviewInside({
  balance,
  hasWarning = false,
}: {
  balance: number | null;
  /** Whether the warnings about the wallet are a part of it. */
  hasWarning?: boolean;
}) {
  const queries = useQueryClient();
  const { timeZone } = useViewer().account;
  const clockRead = useAccountClock();
  const clock = clockRead.data;
  const wallet = useApiQuery(OverviewWalletDocument, {});
  const firstSteps = useFirstSteps();
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
  // That nothing has happened yet is said by the steps, not by each part of the page.
  const isNew = isNewAccount(firstSteps.steps);
  // Shown together: what comes late would move what is below it.
  const isPlaced = !clockRead.isLoading && !wallet.isLoading && !firstSteps.isLoading;
  return (
    <>
      <OverviewEmptyBy today={today} />
      <OverviewMonth
        rows={usage.rows}
        isFailed={usage.error !== null}
        today={clock ? today : null}
      />
      <InNowTile />
      {!isPlaced && <ToCome className="overview-wide overview-to-come" />}
      <div className="overview-wide overview-rest" hidden={!isPlaced}>
        {hasWarning && <OverviewWalletState balance={balance} isNew={isNew} />}
        {firstSteps.steps && <OverviewFirstSteps {...firstSteps} steps={firstSteps.steps} />}
        {clock && !isNew && <OverviewHistory {...{ balance, today, usage }} />}
        <div className="overview-lists">
          <div className="overview-list">
            <OverviewInNow />
            <OverviewUsage />
          </div>
          <OverviewFeed onEntry={invalidateSoon} />
        </div>
      </div>
    </>
  );
}
