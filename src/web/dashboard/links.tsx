import { Link } from 'react-router';

const under = (path: string) => (id: string) => `${path}/${encodeURIComponent(id)}`;

export const agentPath = under('/admin/agents');
export const clientPath = under('/admin/clients');
/** In the agent portal, which asks for a day pass if it is needed. */
export const ticketPath = under('/portal/desk/tickets');

/** A name that leads to the page of what it names. */
export function NameLink({
  to,
  name,
  isMain = false,
}: {
  to: string;
  name: string;
  /** Whether the row is about it. */
  isMain?: boolean;
}) {
  return (
    <Link to={to} className="name-link" data-main={isMain || undefined}>
      {name}
    </Link>
  );
}
