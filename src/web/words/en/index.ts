import { agents } from './agents';
import { audit } from './audit';
import { bulkAgents } from './bulk-agents';
import { buy } from './buy';
import { clients } from './clients';
import { dashboard } from './dashboard';
import { frame } from './frame';
import { history } from './history';
import { importAgents } from './import-agents';
import { keys } from './keys';
import { ledger } from './ledger';
import { notices } from './notices';
import { orders } from './orders';
import { overview } from './overview';
import { portal } from './portal';
import { problems } from './problems';
import { sandbox } from './sandbox';
import { settings } from './settings';
import { signIn } from './sign-in';
import { ui } from './ui';
import { webhooks } from './webhooks';

export const en = {
  agents,
  audit,
  bulkAgents,
  buy,
  clients,
  dashboard,
  frame,
  history,
  importAgents,
  keys,
  ledger,
  notices,
  orders,
  overview,
  portal,
  problems,
  sandbox,
  settings,
  signIn,
  ui,
  webhooks,
};
