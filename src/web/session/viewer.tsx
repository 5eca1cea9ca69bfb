import { createContext, useContext } from 'react';
import type { ViewerQuery } from '../generated/app';

/** The person who is signed in, as the service knows them. */
export type Viewer = ViewerQuery['viewer'];

export const ViewerContext = createContext<Viewer | null>(null);

/** Below `SignedIn` there is always a viewer. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('Nobody is signed in here.');
  return viewer;
}

/** The zone of a page's times: in the portal the agent's own, elsewhere the account's. */
export function zoneOfPage({ agent, account }: Viewer, pathname: string) {
  return agent && pathname.startsWith('/portal') ? agent.zone : account.zone;
}

/** Whether the person administers the account. */
export function isAdmin({ agent }: Viewer): boolean {
  return agent?.role === 'ACCOUNT_ADMIN';
}
