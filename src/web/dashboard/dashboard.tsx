import { Stack } from '@mantine/core';
import { Suspense } from 'react';
import { isAdmin, useViewer } from '../session/viewer';
import { useLazyRoutes } from '../ui/lazy-pages';
import { RowsToCome } from '../ui/rows-to-come';
import { FullTimeGate } from './admin-gate';
import { DashboardNavigation } from './dashboard-navigation';
import { base, loadPageAt, pages } from './dashboard-pages';
import { FollowsLinks } from './links';
import { NotAnAdmin } from './not-an-admin';

/** Admin > Day passes. */
export default function Dashboard() {
  if (!isAdmin(useViewer())) return <NotAnAdmin />;
  return (
    <FollowsLinks onNear={loadPageAt}>
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
