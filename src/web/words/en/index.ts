import { agents } from './agents';
import { audit } from './audit';
import { buy } from './buy';
import { dashboard } from './dashboard';
import { frame } from './frame';
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
  buy,
  dashboard,
  frame,
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
