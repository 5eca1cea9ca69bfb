import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { AgentsDocument, type AgentOrderField } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Day } from '../../ui/instant';
import { Pager, usePaging } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { useTitle } from '../../ui/use-title';
import { AdminPage } from '../admin-page';
import { AgentStatusMark, InUntil, SectionsInShort } from './agent-marks';
import { roleWords, typeWords, type Agent } from './agent-words';
import { AgentsFilter, useAgentsQuery, type AgentsQuery } from './agents-filter';
import { InviteAgent } from './invite-agent';

/** The people of the service desk: who they are, what they cost, who is in. */
export function Agents() {
  useTitle('Agents');
  const [isInviting, { open, close }] = useDisclosure();
  return (
    <AdminPage
      title="Agents"
      acts={
        <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={open}>
          Invite an agent
        </Button>
      }
    >
      <AgentList />
      <InviteAgent isOpen={isInviting} onClose={close} />
    </AdminPage>
  );
}

function AgentList() {
  const query = useAgentsQuery();
  const { filter, orderBy } = query;
  const paging = usePaging({ filter, orderBy });
  const { data, error, refetch } = useApiQuery(AgentsDocument, {
    filter,
    orderBy,
    ...paging.variables,
  });
  const agents = data?.agents;
  return (
    <Stack gap="sm">
      <AgentsFilter query={query} />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!agents && !error && <RowsToCome />}
      {agents?.edges.length === 0 && <NoAgents query={query} />}
      {agents && agents.edges.length > 0 && (
        <div>
          <DataTable
            caption="Agents"
            columns={columns}
            rows={agents.edges.map(({ node }) => node)}
            sorting={orderBy}
            onSort={query.sort}
          />
          <Pager paging={paging} pageInfo={agents.pageInfo} totalCount={agents.totalCount} />
        </div>
      )}
    </Stack>
  );
}

function NoAgents({ query }: { query: AgentsQuery }) {
  if (!query.isNarrowed) {
    return <Empty title="No agents yet">Invite the first one above.</Empty>;
  }
  return (
    <Empty title="No agent matches">
      Search for another part of a name or an address, or{' '}
      <Anchor component="button" type="button" inherit onClick={query.clear}>
        show all agents
      </Anchor>
      .
    </Empty>
  );
}

const columns: Column<Agent, AgentOrderField>[] = [
  {
    title: 'Agent',
    sortsBy: 'NAME',
    cell: ({ id, name, email }) => (
      <>
        <Anchor component={Link} to={`/admin/agents/${encodeURIComponent(id)}`} inherit fw={500}>
          {name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {email}
        </Text>
      </>
    ),
  },
  {
    title: 'Type',
    cell: ({ type, role }) => (
      <>
        {typeWords[type]}
        {role !== 'AGENT' && (
          <Text size="xs" c="dimmed">
            {roleWords[role]}
          </Text>
        )}
      </>
    ),
  },
  { title: 'Status', cell: ({ status }) => <AgentStatusMark status={status} /> },
  { title: 'In until', cell: (agent) => <InUntil agent={agent} /> },
  { title: 'Sections', cell: ({ sections }) => <SectionsInShort sections={sections} /> },
  { title: 'Time zone', cell: ({ timeZone }) => timeZone },
  { title: 'Added', sortsBy: 'CREATED_AT', cell: ({ createdAt }) => <Day at={createdAt} /> },
];
