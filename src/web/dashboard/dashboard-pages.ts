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
