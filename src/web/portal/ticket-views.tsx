import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { words } from '../words';
import { deskAddress } from './places';
import type { TicketSearch } from './use-ticket-search';

type Narrowed = Partial<Omit<TicketSearch, 'q' | 'client'>>;

/** What people look for most. Each is a link, so that it can be kept as a bookmark. */
const views: { name: 'all' | 'mine' | 'unassigned' | 'myClients'; of: Narrowed }[] = [
  { name: 'all', of: {} },
  { name: 'mine', of: { assignee: 'me' } },
  { name: 'unassigned', of: { assignee: 'nobody' } },
  { name: 'myClients', of: { status: 'OPEN', of: 'my-clients' } },
];

/** The views of the list; the one that is shown is marked. */
export function TicketViews({ search }: { search: TicketSearch }) {
  return (
    <nav aria-label={words.portal.list.viewsLabel} className="views">
      {views.map(({ name, of }) => (
        <Anchor
          key={name}
          component={Link}
          to={`${deskAddress}?${new URLSearchParams(of).toString()}`}
          replace
          underline="never"
          className="view"
          aria-current={isShown(search, of) ? 'page' : undefined}
        >
          {words.portal.list.views[name]}
        </Anchor>
      ))}
    </nav>
  );
}

function isShown(search: TicketSearch, of: Narrowed): boolean {
  if (search.q !== '' || search.client !== '') return false;
  return (['status', 'assignee', 'of'] as const).every((name) => search[name] === (of[name] ?? ''));
}
