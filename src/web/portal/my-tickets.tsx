import { Alert, Anchor, Stack, Tabs, Text, Title } from '@mantine/core';
import { useState } from 'react';
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
import { useTitle } from '../ui/use-title';
import { ContactTicket, type Reference } from './contact-ticket';
import { StatusMark } from './marks';
import type { Declined } from './places';
import { TicketLink } from './ticket-link';
import { Rich } from '../ui/rich';
import { words } from '../words';

/** A person's own tickets, as far as they are visible without a day pass. */
export function MyTickets() {
  useTitle(words.portal.myTickets);
  const { agent } = useViewer();
  const [params, setParams] = useSearchParams();
  const declined = (useLocation().state as Declined | null)?.declined;
  // Nothing is assigned to a contact.
  const relation = agent && params.get('of') !== 'requested' ? 'ASSIGNED' : 'REQUESTED';
  return (
    <Stack>
      <Title order={1}>{words.portal.myTickets}</Title>
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
  const [opened, open] = useState<Reference | null>(null);
  const { data, error, refetch } = useApiQuery(MyTicketsDocument, {
    relation,
    ...paging.variables,
  });
  const list = data?.viewer.ticketReferences;
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!list) return <RowsToCome rows={8} />;
  if (list.totalCount === 0) return <Nothing relation={relation} />;
  return (
    <div>
      <DataTable
        caption={
          relation === 'ASSIGNED'
            ? words.portal.mine.assignedCaption
            : words.portal.mine.requestedCaption
        }
        columns={columnsFor({ isAgent: agent !== null, timeZone: agent?.timeZone, search, open })}
        rows={list.edges.map(({ node }) => node)}
      />
      <Pager paging={paging} pageInfo={list.pageInfo} totalCount={list.totalCount} />
      <ContactTicket ticket={opened} onClose={() => open(null)} />
    </div>
  );
}

function columnsFor({
  isAgent,
  timeZone,
  search,
  open,
}: {
  isAgent: boolean;
  /** Of this page's address. */
  search: string;
  timeZone?: string;
  open: (ticket: Reference) => void;
}): Column<Reference>[] {
  return [
    { title: words.portal.fields.number, cell: ({ number }) => number, isNumber: true },
    {
      title: words.portal.fields.subject,
      cell: (ticket) =>
        isAgent ? (
          <TicketLink
            ticketId={ticket.ticketId}
            subject={ticket.subject}
            back={{ to: '/portal/mine' + search, label: words.portal.myTickets }}
          />
        ) : (
          <div className="wide">
            <Anchor
              component="button"
              type="button"
              ta="start"
              inherit
              onClick={() => open(ticket)}
            >
              {ticket.subject}
            </Anchor>
          </div>
        ),
    },
    { title: words.portal.fields.status, cell: ({ status }) => <StatusMark status={status} /> },
    {
      title: words.portal.fields.updated,
      cell: ({ updatedAt }) => <Instant at={updatedAt} timeZone={timeZone} />,
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
