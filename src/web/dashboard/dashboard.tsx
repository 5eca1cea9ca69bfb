import { Stack } from '@mantine/core';
import { Route, Routes } from 'react-router';
import { isAdmin, useViewer } from '../session/viewer';
import { NotFound } from '../ui/not-found';
import { AgentPage } from './agent';
import { Agents } from './agents';
import { Audit } from './audit';
import { Buy } from './buy';
import { DashboardNavigation } from './dashboard-navigation';
import { Keys } from './keys';
import { Ledger } from './ledger';
import { NotAnAdmin } from './not-an-admin';
import { Overview } from './overview';
import { Settings } from './settings';

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
        <Route path="agents" element={<Agents />} />
        <Route path="agents/:agentId" element={<AgentPage />} />
        <Route path="keys" element={<Keys />} />
        <Route path="audit" element={<Audit />} />
        <Route path="settings" element={<Settings />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Stack>
  );
}
