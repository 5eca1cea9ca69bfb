import type { ReactNode } from 'react';
import { Empty } from '../../ui/empty';
import { words } from '../../words';
import { useMaySeeTickets } from '../ledger/ledger-news';

/** Clients belong to tickets: an admin without that section may not read them. */
export function NeedsTickets({ children }: { children: ReactNode }) {
  if (useMaySeeTickets()) return children;
  return <Empty title={words.clients.noSection}>{words.clients.noSectionText}</Empty>;
}
