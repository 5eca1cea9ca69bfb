import {
  IconBuilding,
  IconChartBar,
  IconHistory,
  IconKey,
  IconFileInvoice,
  IconList,
  IconSettings,
  IconShoppingCart,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import { useViewer } from '../session/viewer';
import './dashboard.css';
import { words } from '../words';

const places = [
  { to: '/admin', label: words.dashboard.places.overview, Icon: IconChartBar },
  { to: '/admin/buy', label: words.dashboard.places.buy, Icon: IconShoppingCart },
  {
    to: '/admin/orders',
    label: words.dashboard.places.orders,
    Icon: IconFileInvoice,
    isForBilled: true,
  },
  { to: '/admin/ledger', label: words.dashboard.places.ledger, Icon: IconList },
  { to: '/admin/agents', label: words.dashboard.places.agents, Icon: IconUsers },
  { to: '/admin/clients', label: words.dashboard.places.clients, Icon: IconBuilding },
  { to: '/admin/keys', label: words.dashboard.places.keys, Icon: IconKey },
  { to: '/admin/webhooks', label: words.dashboard.places.webhooks, Icon: IconWebhook },
  { to: '/admin/audit', label: words.dashboard.places.audit, Icon: IconHistory },
  { to: '/admin/settings', label: words.dashboard.places.settings, Icon: IconSettings },
];

/** The dashboard's navigation. On a phone it is one line that scrolls sideways. */
export function DashboardNavigation() {
  const list = useRef<HTMLUListElement>(null);
  const { pathname } = useLocation();
  const { account } = useViewer();
  const isBilled = account.billing?.mode === 'BILLED';
  useEffect(() => {
    // Only the line scrolls: `scrollIntoView` would scroll the page as well.
    const here = list.current?.querySelector<HTMLElement>('[aria-current=page]');
    if (here) list.current!.scrollLeft = here.offsetLeft - list.current!.offsetLeft - 16;
  }, [pathname]);
  return (
    <nav aria-label={words.dashboard.title}>
      <ul className="places" ref={list}>
        {places
          .filter(({ isForBilled }) => isBilled || !isForBilled)
          .map(({ to, label, Icon }) => (
            <li key={to}>
              <NavLink className="place" to={to} end={to === '/admin'}>
                <Icon size={18} stroke={1.75} aria-hidden />
                {label}
              </NavLink>
            </li>
          ))}
      </ul>
    </nav>
  );
}
