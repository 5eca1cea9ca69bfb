import { useParams } from 'react-router';
import {
  ClientByIdDocument,
  ClientTicketsDocument,
  LedgerConsumptionsDocument,
  LedgerSubtotalsDocument,
  LedgerTotalDocument,
} from '../../generated/app';
import { clockRead } from '../../session/use-account-now';
import { readOf, useApiQuery } from '../../session/use-api-query';
import { Empty } from '../../ui/empty';
import { Part } from '../../ui/part';
import type { AskFor } from '../../ui/lazy-pages';
import { Problem } from '../../ui/problem';
import { useTitle } from '../../ui/use-title';
import { words } from '../../words';
import { AdminPage } from '../admin-page';
import { NameLink } from '../links';
import { passColumns } from '../history/pass-columns';
import { passesShown, PassList } from '../history/pass-list';
import { PeriodFields } from '../history/period-fields';
import { ledgerOf, readHistory, usePeriod } from '../history/use-period';
import { maySeeTickets } from '../ledger/ledger-news';
import { subtotalsOf, Totals } from '../ledger/ledger-totals';
import { ClientTickets, ticketsOf, ticketsShown } from './client-tickets';
import { NeedsTickets } from './needs-tickets';

const { agent, from, until, status, ticket, source, paid, price, wallet } = passColumns;
const columns = [agent, from, until, status, ticket, source, paid, price, wallet];

/** What the sums can be grouped by. */
const groups = ['AGENT', 'TICKET', 'PRICE'] as const;
const firstGroup = 'AGENT';

/** One client: what was used for it in a period, by whom, and its tickets. */
export function ClientPage() {
  const { clientId = '' } = useParams();
  return (
    <AdminPage title={<ClientName id={clientId} />}>
      <NeedsTickets>
        <OneClient key={clientId} id={clientId} />
      </NeedsTickets>
    </AdminPage>
  );
}

export const askForClient: AskFor = ({ params, search, viewer }, ask) => {
  if (!maySeeTickets(viewer)) return;
  const { clientId: id = '' } = params;
  const filter = readHistory({ client: id }, search, viewer.account.timeZone);
  ask(readOf(ClientByIdDocument, { id }));
  ask(readOf(LedgerTotalDocument, { filter }));
  ask(readOf(LedgerSubtotalsDocument, subtotalsOf(filter, firstGroup)));
  ask(readOf(LedgerConsumptionsDocument, { filter, withTickets: true, first: passesShown }));
  ask(readOf(ClientTicketsDocument, { ...ticketsOf(id, filter), first: ticketsShown }));
  ask(clockRead);
};

/** The name, once it was read: the part outside the gate reads nothing itself. */
function ClientName({ id }: { id: string }) {
  const { data } = useApiQuery(ClientByIdDocument, { id }, { enabled: false });
  const name = clientOf(data)?.name ?? words.clients.client;
  useTitle(name);
  return name;
}

/** Another kind of thing may have the id. */
function clientOf(data: { node?: object | null } | undefined) {
  const node = data?.node;
  return node && 'name' in node && 'externalId' in node
    ? (node as { id: string; name: string; externalId: string | null })
    : null;
}

function OneClient({ id }: { id: string }) {
  const { data, error, refetch } = useApiQuery(ClientByIdDocument, { id });
  const { period, filter, set } = usePeriod({ client: id });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  const client = clientOf(data);
  const all = <NameLink to="/admin/clients" name={words.clients.all} />;
  if (data && !client) return <Empty title={words.clients.notFound}>{all}</Empty>;
  return (
    <div className="stack">
      <div className="links">
        {all}
        {client?.externalId && (
          <span className="quiet heading">
            {words.clients.externalId}: {client.externalId}
          </span>
        )}
      </div>
      <PeriodFields period={period} onChange={set} />
      <Part title={words.clients.passes} description={words.clients.passesText}>
        <Totals filter={filter} groups={groups} first={firstGroup} />
        <PassList
          filter={filter}
          columns={columns}
          withTickets
          isNarrowed={Object.keys(period).length > 0}
        />
        <div className="links">
          <NameLink to={ledgerOf({ client: id, ...period })} name={words.history.inLedger} />
        </div>
      </Part>
      <ClientTickets clientId={id} from={filter.from} to={filter.to} />
    </div>
  );
}
