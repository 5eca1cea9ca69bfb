import { Stack } from '@mantine/core';
import { Suspense } from 'react';
import { useAskEarly } from '../session/use-api-query';
import { isAdmin, useViewer } from '../session/viewer';
import { useLazyRoutes } from '../ui/lazy-pages';
import { RowsToCome } from '../ui/rows-to-come';
import { FullTimeGate } from './admin-gate';
import { DashboardNavigation } from './dashboard-navigation';
import { askForPageAt, base, loadPageAt, pages } from './dashboard-pages';
import { FollowsLinks } from './links';
import { NotAnAdmin } from './not-an-admin';

/** Admin > Day passes. */
export default function Dashboard() {
  const viewer = useViewer();
  const ask = useAskEarly();
  if (!isAdmin(viewer)) return <NotAnAdmin />;
  return (
    <FollowsLinks onNear={loadPageAt} onFollow={(to) => askForPageAt(to, viewer, ask)}>
      <Stack gap="lg">
        <DashboardNavigation />
        <FullTimeGate>
          <Suspense fallback={<RowsToCome />}>
            <Pages />
          </Suspense>
        </FullTimeGate>
      </Stack>
    </FollowsLinks>
  );
}

function Pages() {
  return useLazyRoutes(pages, base);
}
