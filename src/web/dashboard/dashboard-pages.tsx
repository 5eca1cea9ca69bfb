import type { RouteObject } from 'react-router';
import type { AskEarly } from '../session/use-api-query';
import type { Viewer } from '../session/viewer';
import { askBefore, lazyRoute, loadEarly } from '../ui/lazy-pages';
import { NotFound } from '../ui/not-found';
import { Overview } from './overview/overview';

/** Where the dashboard is. */
export const base = '/admin';

/** The pages of the dashboard. The overview comes with it. */
export const pages: RouteObject[] = [
  { index: true, element: <Overview /> },
  lazyRoute('buy', async () => ({ Page: (await import('./buy/buy')).Buy })),
  lazyRoute('orders', async () => ({ Page: (await import('./orders/orders')).Orders })),
  lazyRoute('orders/:orderId', async () => ({ Page: (await import('./orders/order')).OrderPage })),
  lazyRoute('ledger', async () => ({ Page: (await import('./ledger/ledger')).Ledger })),
  lazyRoute('agents', async () => {
    const { Agents, askForAgents } = await import('./agents/agents');
    return { Page: Agents, ask: askForAgents };
  }),
  lazyRoute('agents/import', async () => ({
    Page: (await import('./agents/import/import-agents')).ImportAgents,
  })),
  lazyRoute('agents/:agentId', async () => {
    const { AgentPage, askForAgent } = await import('./agents/agent');
    return { Page: AgentPage, ask: askForAgent };
  }),
  lazyRoute('clients', async () => ({ Page: (await import('./clients/clients')).Clients })),
  lazyRoute('clients/:clientId', async () => {
    const { ClientPage, askForClient } = await import('./clients/client');
    return { Page: ClientPage, ask: askForClient };
  }),
  lazyRoute('keys', async () => ({ Page: (await import('./keys/keys')).Keys })),
  lazyRoute('webhooks', async () => ({ Page: (await import('./webhooks/webhooks')).Webhooks })),
  lazyRoute('webhooks/:webhookId', async () => ({
    Page: (await import('./webhooks/webhook')).WebhookPage,
  })),
  lazyRoute('audit', async () => {
    const { Audit, askForActs } = await import('./audit/audit');
    return { Page: Audit, ask: askForActs };
  }),
  lazyRoute('settings', async () => ({ Page: (await import('./settings/settings')).Settings })),
  { path: '*', element: <NotFound /> },
];

/** Loads the script of the page at this path while the pointer or the focus is on its link. */
export function loadPageAt(path: string): void {
  loadEarly(pages, path, base);
}

/** Asks for what the page at this path shows, as a full-time admin goes there: others may not be let in. */
export function askForPageAt(to: string, viewer: Viewer, ask: AskEarly): void {
  if (viewer.agent?.type === 'FULL_TIME') askBefore(pages, { to, base, viewer, ask });
}
