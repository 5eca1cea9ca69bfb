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
import { memo, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { useViewer } from '../session/viewer';
import { useLinkTo } from './links';
import './dashboard.css';
import { words } from '../words';

const names = words.dashboard.places;

const places = [
  { to: '/admin', label: names.overview, Icon: IconChartBar },
  { to: '/admin/buy', label: names.buy, Icon: IconShoppingCart },
  {
    to: '/admin/orders',
    label: names.orders,
    Icon: IconFileInvoice,
    isForBilled: true,
  },
  { to: '/admin/ledger', label: names.ledger, Icon: IconList },
  { to: '/admin/agents', label: names.agents, Icon: IconUsers },
  { to: '/admin/clients', label: names.clients, Icon: IconBuilding },
  { to: '/admin/keys', label: names.keys, Icon: IconKey },
  { to: '/admin/webhooks', label: names.webhooks, Icon: IconWebhook },
  { to: '/admin/audit', label: names.audit, Icon: IconHistory },
  { to: '/admin/settings', label: names.settings, Icon: IconSettings },
];

/** The dashboard's navigation. On a phone it is one line that scrolls sideways. */
export function DashboardNavigation() {
  const list = useRef<HTMLUListElement>(null);
  const { pathname } = useLocation();
  const { account } = useViewer();
  const isBilled = account.billing?.mode === 'BILLED';
  useEffect(() => {
    // In the frame, which places everything anyway: at once, it would place a page that is not yet drawn.
    const frame = requestAnimationFrame(() => {
      // Only the line scrolls: `scrollIntoView` would scroll the page as well.
      const here = list.current?.querySelector<HTMLElement>('[aria-current=page]');
      if (here) list.current!.scrollLeft = here.offsetLeft - list.current!.offsetLeft - 16;
    });
    return () => cancelAnimationFrame(frame);
  }, [pathname]);
  return (
    <nav aria-label={words.dashboard.title}>
      <ul className="places" ref={list}>
        {places
          .filter(({ isForBilled }) => isBilled || !isForBilled)
          .map((place) => (
            <li key={place.to}>
              <Place place={place} isHere={isAt(pathname, place.to)} />
            </li>
          ))}
      </ul>
    </nav>
  );
}

/** Whether a page is at this place or below it. The overview is above all others. */
function isAt(pathname: string, to: string): boolean {
  const here = pathname.replace(/\/+$/, '');
  return here === to || (to !== '/admin' && here.startsWith(`${to}/`));
}

const Place = memo(function Place({
  place: { to, label, Icon },
  isHere,
}: {
  place: (typeof places)[number];
  isHere: boolean;
}) {
  return (
    <a {...useLinkTo(to)} className="place" aria-current={isHere ? 'page' : undefined}>
      <Icon size={18} stroke={1.75} aria-hidden />
      {label}
    </a>
  );
});
