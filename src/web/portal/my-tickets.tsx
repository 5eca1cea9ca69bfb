import { Alert, Anchor, Stack, Tabs, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation, useSearchParams } from 'react-router';
import { MyTicketsDocument, type TicketRelation } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { useViewer } from '../session/viewer';
import { DataTable, type Column } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Instant } from '../ui/instant';
import { Pager, usePaging } from '../ui/paging';
import { Problem } from '../ui/problem';
import { RowsToCome } from '../ui/rows-to-come';
import { useParameters } from '../ui/use-parameters';
import { useTitle } from '../ui/use-title';
import { ContactTicket, type Reference } from './contact-ticket';
import { StatusMark } from './marks';
import type { Declined } from './places';
import { ReferenceCards } from './reference-cards';
import { TicketLink } from './ticket-link';
import { useIsPhone } from './use-is-phone';
import { useTakenBack } from './use-taken-back';
import { Rich } from '../ui/rich';
import { words } from '../words';

/** A person's own tickets, as far as they are visible without a day pass. */
export function MyTickets() {
  useTitle(words.portal.myTickets);
  const { agent } = useViewer();
  const [params, setParams] = useSearchParams();
  const declined = (useLocation().state as Declined | null)?.declined;
  const takenBack = useTakenBack(false);
  // Nothing is assigned to a contact.
  const relation = agent && params.get('of') !== 'requested' ? 'ASSIGNED' : 'REQUESTED';
  return (
    <Stack>
      <Title order={1}>{words.portal.myTickets}</Title>
      {takenBack && (
        <Alert role="status" color="orange" variant="outline">
          {takenBack}
        </Alert>
      )}
      {declined && (
        <Alert role="status">
          <Rich
            text={words.portal.mine.declined}
            parts={{
              enter: (text) => (
                <Anchor component={Link} to={declined} inherit underline="always">
                  {text}
                </Anchor>
              ),
            }}
          />
        </Alert>
      )}
      {agent ? (
        <Tabs
          value={relation}
          onChange={(to) => setParams(to === 'REQUESTED' ? { of: 'requested' } : {})}
          keepMounted={false}
        >
          <Tabs.List aria-label={words.portal.mine.tabs}>
            <Tabs.Tab value="ASSIGNED">{words.portal.mine.assigned}</Tabs.Tab>
            <Tabs.Tab value="REQUESTED">{words.portal.mine.requested}</Tabs.Tab>
          </Tabs.List>
          {(['ASSIGNED', 'REQUESTED'] as const).map((of) => (
            <Tabs.Panel key={of} value={of} pt="sm">
              <References relation={of} />
            </Tabs.Panel>
          ))}
        </Tabs>
      ) : (
        <>
          <Text c="dimmed">{words.portal.mine.contactText}</Text>
          <References relation="REQUESTED" />
        </>
      )}
    </Stack>
  );
}

function References({ relation }: { relation: TicketRelation }) {
  const { agent } = useViewer();
  const { search } = useLocation();
  const paging = usePaging(relation);
  const isPhone = useIsPhone();
  const { get, set } = useParameters();
  const { data, error, refetch } = useApiQuery(MyTicketsDocument, {
    relation,
    ...paging.variables,
  });
  const list = data?.viewer.ticketReferences;
  useFocusAfterDecline(list !== undefined);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!list) return <RowsToCome rows={8} />;
  if (list.totalCount === 0) return <Nothing relation={relation} />;
  const opened = list.edges.find(({ node }) => node.ticketId === get('ticket'))?.node;
  const caption =
    relation === 'ASSIGNED'
      ? words.portal.mine.assignedCaption
      : words.portal.mine.requestedCaption;
  const rows = list.edges.map(({ node }) => node);
  const link = (ticket: Reference) => <Subject {...{ ticket, search }} isAgent={agent !== null} />;
  return (
    <div>
      {isPhone ? (
        <ReferenceCards {...{ caption, rows, link }} />
      ) : (
        <DataTable {...{ caption, rows }} columns={columnsWith(link)} />
      )}
      <Pager paging={paging} pageInfo={list.pageInfo} totalCount={list.totalCount} />
      {!agent && <ContactTicket ticket={opened ?? null} onClose={() => set({ ticket: null })} />}
    </div>
  );
}

/**
 * After "Not now" the keyboard focus returns to the ticket that opened the pop-up. If it is not on this page,
 * the focus is on the link that opens the pop-up again.
 */
function useFocusAfterDecline(isListed: boolean): void {
  const declined = (useLocation().state as Declined | null)?.declined;
  const returned = useRef<string | null>(null);
  useEffect(() => {
    if (!declined || !isListed || returned.current === declined) return;
    returned.current = declined;
    const links = [...document.querySelectorAll<HTMLElement>('main a[href]')];
    const own = links.filter((link) => link.getAttribute('href')?.endsWith(declined));
    (own.find((link) => link.dataset['ticket']) ?? own[0])?.focus();
  }, [declined, isListed]);
}

/** An agent's link leads into the agent portal, that of a contact opens what a contact may see. */
function Subject({
  ticket: { ticketId, subject },
  isAgent,
  search,
}: {
  ticket: Reference;
  isAgent: boolean;
  /** Of this page's address. */
  search: string;
}) {
  if (isAgent) {
    const back = { to: '/portal/mine' + search, label: words.portal.myTickets };
    return <TicketLink {...{ ticketId, subject, back }} />;
  }
  return (
    <div className="wide">
      <Anchor component={Link} to={`/portal/mine?ticket=${encodeURIComponent(ticketId)}`} inherit>
        {subject}
      </Anchor>
    </div>
  );
}

function columnsWith(link: (ticket: Reference) => ReactNode): Column<Reference>[] {
  return [
    { title: words.portal.fields.number, cell: ({ number }) => number },
    { title: words.portal.fields.subject, cell: link },
    { title: words.portal.fields.status, cell: ({ status }) => <StatusMark status={status} /> },
    {
      title: words.portal.fields.updated,
      cell: ({ updatedAt }) => <Instant at={updatedAt} />,
    },
  ];
}

function Nothing({ relation }: { relation: TicketRelation }) {
  return relation === 'ASSIGNED' ? (
    <Empty title={words.portal.mine.noneAssigned}>{words.portal.mine.noneAssignedText}</Empty>
  ) : (
    <Empty title={words.portal.mine.noneRequested}>{words.portal.mine.noneRequestedText}</Empty>
  );
}
