import { agentPath, clientPath } from './links';

/** The pages whose scripts load when they are needed. The overview comes with the dashboard. */
export const pages = {
  agent: () => import('./agents/agent'),
  agents: () => import('./agents/agents'),
  audit: () => import('./audit/audit'),
  buy: () => import('./buy/buy'),
  client: () => import('./clients/client'),
  clients: () => import('./clients/clients'),
  importAgents: () => import('./agents/import/import-agents'),
  keys: () => import('./keys/keys'),
  ledger: () => import('./ledger/ledger'),
  order: () => import('./orders/order'),
  orders: () => import('./orders/orders'),
  settings: () => import('./settings/settings'),
  webhook: () => import('./webhooks/webhook'),
  webhooks: () => import('./webhooks/webhooks'),
};

/**
 * Loads a page's scripts while the pointer or the focus is on its link. If that fails, the page says so
 * when it is opened.
 */
export function loadEarly(load: (() => Promise<unknown>) | undefined): void {
  load?.().catch(() => {});
}

/** The same for the page behind a name, which is at this path. */
export function loadPageAt(path: string): void {
  if (path.startsWith(agentPath(''))) loadEarly(pages.agent);
  if (path.startsWith(clientPath(''))) loadEarly(pages.client);
}
