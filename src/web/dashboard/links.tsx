import { Anchor } from '@mantine/core';
import { Link } from 'react-router';

const under = (path: string) => (id: string) => `${path}/${encodeURIComponent(id)}`;

export const agentPath = under('/admin/agents');
export const clientPath = under('/admin/clients');
/** In the agent portal, which asks for a day pass if it is needed. */
export const ticketPath = under('/portal/desk/tickets');

/** A name that leads to the page of what it names. */
export function NameLink({ to, name }: { to: string; name: string }) {
  return (
    <Anchor component={Link} to={to} inherit>
      {name}
    </Anchor>
  );
}
