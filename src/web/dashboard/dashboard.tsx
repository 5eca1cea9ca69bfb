import { Stack } from '@mantine/core';
import { Route, Routes } from 'react-router';
import { isAdmin, useViewer } from '../session/viewer';
import { NotFound } from '../ui/not-found';
import { Buy } from './buy';
import { DashboardNavigation } from './dashboard-navigation';
import { Ledger } from './ledger';
import { NotAnAdmin } from './not-an-admin';
import { Overview } from './overview';

/** Admin > Day passes. */
export default function Dashboard() {
  if (!isAdmin(useViewer())) return <NotAnAdmin />;
  return (
    <Stack gap="lg">
      <DashboardNavigation />
      <Routes>
        <Route index element={<Overview />} />
        <Route path="buy" element={<Buy />} />
        <Route path="ledger" element={<Ledger />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Stack>
  );
}
