import type { RouteObject } from 'react-router';
import { lazyRoute, loadEarly } from '../ui/lazy-pages';
import { NotFound } from '../ui/not-found';
import { Overview } from './overview/overview';

/** Where the dashboard is. */
export const base = '/admin';

/** The pages of the dashboard. The overview comes with it. */
export const pages: RouteObject[] = [
  { index: true, element: <Overview /> },
  lazyRoute('buy', async () => (await import('./buy/buy')).Buy),
  lazyRoute('orders', async () => (await import('./orders/orders')).Orders),
  lazyRoute('orders/:orderId', async () => (await import('./orders/order')).OrderPage),
  lazyRoute('ledger', async () => (await import('./ledger/ledger')).Ledger),
  lazyRoute('agents', async () => (await import('./agents/agents')).Agents),
  lazyRoute(
    'agents/import',
    async () => (await import('./agents/import/import-agents')).ImportAgents,
  ),
  lazyRoute('agents/:agentId', async () => (await import('./agents/agent')).AgentPage),
  lazyRoute('clients', async () => (await import('./clients/clients')).Clients),
  lazyRoute('clients/:clientId', async () => (await import('./clients/client')).ClientPage),
  lazyRoute('keys', async () => (await import('./keys/keys')).Keys),
  lazyRoute('webhooks', async () => (await import('./webhooks/webhooks')).Webhooks),
  lazyRoute('webhooks/:webhookId', async () => (await import('./webhooks/webhook')).WebhookPage),
  lazyRoute('audit', async () => (await import('./audit/audit')).Audit),
  lazyRoute('settings', async () => (await import('./settings/settings')).Settings),
  { path: '*', element: <NotFound /> },
];

/** Loads the script of the page at this path while the pointer or the focus is on its link. */
export function loadPageAt(path: string): void {
  loadEarly(pages, path, base);
}
