/**
 * The documentation of each page, by the start of the page's path: the first that fits. A test checks
 * that every page has an entry, and that each anchor exists.
 */
const places: readonly (readonly [path: string, help: string])[] = [
  ['/admin/buy', 'dashboard#buy'],
  ['/admin/orders', 'dashboard#orders-and-invoices'],
  ['/admin/ledger', 'dashboard#ledger'],
  ['/admin/agents/import', 'importing-agents#from-a-file'],
  ['/admin/agents', 'dashboard#agents'],
  ['/admin/clients', 'dashboard#clients'],
  ['/admin/keys', 'dashboard#api-keys'],
  ['/admin/webhooks', 'dashboard#webhooks'],
  ['/admin/audit', 'dashboard#audit-trail'],
  ['/admin/settings', 'dashboard#settings'],
  ['/portal/mine', 'portal#my-tickets'],
  ['/portal/desk/tickets', 'portal#a-ticket'],
  ['/portal/desk', 'portal#tickets'],
];

/** The address of a page's documentation, relative to the pages' base; of other pages, the list of all. */
export function helpFor(pathname: string): string {
  if (pathname === '/admin') return 'docs/dashboard#overview';
  const place = places.find(([path]) => pathname === path || pathname.startsWith(`${path}/`));
  return place ? `docs/${place[1]}` : 'docs';
}
