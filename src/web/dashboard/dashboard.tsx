import { Stack } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { isAdmin, useViewer } from '../session/viewer';
import { NotFound } from '../ui/not-found';
import { RowsToCome } from '../ui/rows-to-come';
import { FullTimeGate } from './admin-gate';
import { DashboardNavigation } from './dashboard-navigation';
import { loadPageAt, pages } from './dashboard-pages';
import { FollowsLinks } from './links';
import { NotAnAdmin } from './not-an-admin';
import { Overview } from './overview/overview';

const AgentPage = lazy(async () => ({ default: (await pages.agent()).AgentPage }));
const Agents = lazy(async () => ({ default: (await pages.agents()).Agents }));
const ImportAgents = lazy(async () => ({ default: (await pages.importAgents()).ImportAgents }));
const Audit = lazy(async () => ({ default: (await pages.audit()).Audit }));
const Buy = lazy(async () => ({ default: (await pages.buy()).Buy }));
const ClientPage = lazy(async () => ({ default: (await pages.client()).ClientPage }));
const Clients = lazy(async () => ({ default: (await pages.clients()).Clients }));
const Keys = lazy(async () => ({ default: (await pages.keys()).Keys }));
const Ledger = lazy(async () => ({ default: (await pages.ledger()).Ledger }));
const OrderPage = lazy(async () => ({ default: (await pages.order()).OrderPage }));
const Orders = lazy(async () => ({ default: (await pages.orders()).Orders }));
const Settings = lazy(async () => ({ default: (await pages.settings()).Settings }));
const WebhookPage = lazy(async () => ({ default: (await pages.webhook()).WebhookPage }));
const Webhooks = lazy(async () => ({ default: (await pages.webhooks()).Webhooks }));

/** Admin > Day passes. */
export default function Dashboard() {
  if (!isAdmin(useViewer())) return <NotAnAdmin />;
  return (
    <FollowsLinks onNear={loadPageAt}>
      <Stack gap="lg">
        <DashboardNavigation />
        <FullTimeGate>
          <Suspense fallback={<RowsToCome />}>
            <Routes>
              <Route index element={<Overview />} />
              <Route path="buy" element={<Buy />} />
              <Route path="orders" element={<Orders />} />
              <Route path="orders/:orderId" element={<OrderPage />} />
              <Route path="ledger" element={<Ledger />} />
              <Route path="agents" element={<Agents />} />
              <Route path="agents/import" element={<ImportAgents />} />
              <Route path="agents/:agentId" element={<AgentPage />} />
              <Route path="clients" element={<Clients />} />
              <Route path="clients/:clientId" element={<ClientPage />} />
              <Route path="keys" element={<Keys />} />
              <Route path="webhooks" element={<Webhooks />} />
              <Route path="webhooks/:webhookId" element={<WebhookPage />} />
              <Route path="audit" element={<Audit />} />
              <Route path="settings" element={<Settings />} />
              <Route path="*" element={<NotFound />} />
            </Routes>
          </Suspense>
        </FullTimeGate>
      </Stack>
    </FollowsLinks>
  );
}
