/** Something that a person does on a page, and the page on which it is done. */
export interface PageAct {
  name: string;
  /** Loaded before, without being measured. */
  from: string;
  /** A call of one of the functions in `page-recorder.cjs`. */
  act: string;
}

/** A place where no list is shown. */
const elsewhere = '/admin/keys';

/** The pages with lists, each of their filters, and the steps from page to page. */
export function pageActs(ids: { agent: string; client: string; month: string }): PageAct[] {
  const agent = encodeURIComponent(ids.agent);
  const client = encodeURIComponent(ids.client);
  const at = (from: string) => (name: string, act: string) => ({ name, from, act });
  const [ledger, movements] = [at('/admin/ledger'), at('/admin/ledger?view=movements')];
  const [overview, agents] = [at('/admin'), at('/admin/agents')];
  const [ofAgent, ofClient] = [at(`/admin/agents/${agent}`), at(`/admin/clients/${client}`)];
  const [clients, audit] = [at('/admin/clients'), at('/admin/audit')];
  const opened = (name: string) => ({
    name: `open ${name}`,
    from: elsewhere,
    act: `link('${name}')`,
  });
  return [
    opened('Overview'),
    overview('overview: by client', `choose('Group by', 'CLIENT')`),
    overview('overview: 90 days', `check('90 days')`),
    opened('Ledger'),
    ledger('ledger: agent', `go('/admin/ledger?agent=${agent}')`),
    ledger('ledger: client', `go('/admin/ledger?client=${client}')`),
    ledger('ledger: source', `choose('Source', 'TICKET')`),
    ledger('ledger: status', `choose('Status', 'ACTIVE')`),
    ledger('ledger: month', `choose('Period', '${ids.month}')`),
    ledger('ledger: order', `press('Until')`),
    ledger('ledger: sums by agent', `check('By agent')`),
    ledger('ledger: next page', `press('Next')`),
    ledger('ledger: 100 rows', `choose('Rows per page', '100')`),
    movements('movements: kind', `choose('What', 'DayPassExpired')`),
    ledger('movements', `press('All movements')`),
    opened('Agents'),
    agents('agents: search', `type('Search', 'garcia')`),
    agents('agents: type', `choose('Type', 'FULL_TIME')`),
    agents('agents: status', `choose('Status', 'ACTIVE')`),
    agents('agents: day pass', `choose('Day pass', 'yes')`),
    agents('agents: order', `press('Added')`),
    agents('agents: next page', `press('Next')`),
    agents('agents: 100 rows', `choose('Rows per page', '100')`),
    agents('open an agent', `name()`),
    ofAgent('agent: month', `choose('Period', '${ids.month}')`),
    ofAgent('agent: by ticket', `check('By ticket')`),
    opened('Clients'),
    clients('clients: search', `type('Search', 'client 1')`),
    clients('open a client', `name()`),
    ofClient('client: month', `choose('Period', '${ids.month}')`),
    ofClient('client: by ticket', `check('By ticket')`),
    opened('Audit trail'),
    audit('audit: action', `choose('Action', 'passes.purchased')`),
    audit('audit: agent', `go('/admin/audit?subject=${agent}')`),
    audit('audit: next page', `press('Next')`),
  ];
}
