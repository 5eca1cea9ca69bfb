import {
  IconChartBar,
  IconHistory,
  IconKey,
  IconList,
  IconSettings,
  IconShoppingCart,
  IconUsers,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import './dashboard.css';

const places = [
  { to: '/admin', label: 'Overview', Icon: IconChartBar },
  { to: '/admin/buy', label: 'Buy', Icon: IconShoppingCart },
  { to: '/admin/ledger', label: 'Ledger', Icon: IconList },
  { to: '/admin/agents', label: 'Agents', Icon: IconUsers },
  { to: '/admin/keys', label: 'API keys', Icon: IconKey },
  { to: '/admin/audit', label: 'Audit trail', Icon: IconHistory },
  { to: '/admin/settings', label: 'Settings', Icon: IconSettings },
];

/** Between the pages of the dashboard. On a phone it is one line that is pushed to the side. */
export function DashboardNavigation() {
  const list = useRef<HTMLUListElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // Only the line moves: `scrollIntoView` would move the page as well.
    const here = list.current?.querySelector<HTMLElement>('[aria-current=page]');
    if (here) list.current!.scrollLeft = here.offsetLeft - list.current!.offsetLeft - 16;
  }, [pathname]);
  return (
    <nav aria-label="Day passes">
      <ul className="places" ref={list}>
        {places.map(({ to, label, Icon }) => (
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
