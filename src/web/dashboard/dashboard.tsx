import { Stack } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { isAdmin, useViewer } from '../session/viewer';
import { NotFound } from '../ui/not-found';
import { RowsToCome } from '../ui/rows-to-come';
import { FullTimeGate } from './admin-gate';
import { DashboardNavigation } from './dashboard-navigation';
import { NotAnAdmin } from './not-an-admin';
import { Overview } from './overview/overview';

// Each page loads when it is opened; the overview comes first.
const AgentPage = lazy(async () => ({ default: (await import('./agents/agent')).AgentPage }));
const Agents = lazy(async () => ({ default: (await import('./agents/agents')).Agents }));
const ImportAgents = lazy(async () => ({
  default: (await import('./agents/import/import-agents')).ImportAgents,
}));
const Audit = lazy(async () => ({ default: (await import('./audit/audit')).Audit }));
const Buy = lazy(async () => ({ default: (await import('./buy/buy')).Buy }));
const ClientPage = lazy(async () => ({ default: (await import('./clients/client')).ClientPage }));
const Clients = lazy(async () => ({ default: (await import('./clients/clients')).Clients }));
const Keys = lazy(async () => ({ default: (await import('./keys/keys')).Keys }));
const Ledger = lazy(async () => ({ default: (await import('./ledger/ledger')).Ledger }));
const OrderPage = lazy(async () => ({ default: (await import('./orders/order')).OrderPage }));
const Orders = lazy(async () => ({ default: (await import('./orders/orders')).Orders }));
const Settings = lazy(async () => ({ default: (await import('./settings/settings')).Settings }));
const WebhookPage = lazy(async () => ({
  default: (await import('./webhooks/webhook')).WebhookPage,
}));
const Webhooks = lazy(async () => ({ default: (await import('./webhooks/webhooks')).Webhooks }));

/** Admin > Day passes. */
export default function Dashboard() {
  if (!isAdmin(useViewer())) return <NotAnAdmin />;
  return (
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
  );
}
