import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileImport, IconUserPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import {
  AgentsDocument,
  type AgentOrderField,
  type AgentsQuery as AgentsQueryResult,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Day } from '../../ui/instant';
import { Pager, usePaging } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { useTitle } from '../../ui/use-title';
import { AdminPage } from '../admin-page';
import { Export } from '../ledger/ledger-export';
import { AdviceMark } from './advice-mark';
import { AgentStatusMark, InUntil, SectionsInShort } from './agent-marks';
import { agentCells } from './agent-cells';
import { agentPages } from './agent-pages';
import { AgentsFilter, useAgentsQuery, type AgentsQuery } from './agents-filter';
import { InviteAgent } from './invite-agent';
import { Rich } from '../../ui/rich';
import { useSelection } from '../../ui/use-selection';
import { BulkBar } from './bulk/bulk-bar';
import { words } from '../../words';
import { writeCount } from '../../format/count';
import { placeOf } from '../../../core/notation/zone';
import { writeSums } from '../../format/money';

type ListedAgent = NonNullable<AgentsQueryResult['agents']>['edges'][number]['node'];

/** The agents of the service desk. */
export function Agents() {
  useTitle(words.agents.title);
  const [isInviting, { open, close }] = useDisclosure();
  return (
    <AdminPage
      title={words.agents.title}
      acts={
        <Group gap="sm">
          <Button
            component={Link}
            to="/admin/agents/import"
            variant="default"
            leftSection={<IconFileImport size={18} aria-hidden />}
          >
            {words.importAgents.open}
          </Button>
          <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={open}>
            {words.agents.list.invite}
          </Button>
        </Group>
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
  const selection = useSelection<ListedAgent>();
  return (
    <Stack gap="sm">
      <AgentsFilter query={query} />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!agents && !error && <RowsToCome />}
      {agents?.edges.length === 0 && <NoAgents query={query} />}
      {agents && agents.edges.length > 0 && (
        <div>
          <DataTable
            caption={words.agents.title}
            columns={data.account.seatPrice ? columnsWithAdvice : columns}
            rows={agents.edges.map(({ node }) => node)}
            sorting={orderBy}
            onSort={query.sort}
            selection={{ ...selection, nameOf: ({ name }) => name }}
          />
          <Pager paging={paging} pageInfo={agents.pageInfo} totalCount={agents.totalCount} />
        </div>
      )}
      <Export
        what="agents"
        columns={agentCells}
        readPage={agentPages(filter, orderBy)}
        isDisabled={!agents || agents.edges.length === 0}
      />
      <BulkBar selection={selection} />
    </Stack>
  );
}

function NoAgents({ query }: { query: AgentsQuery }) {
  if (!query.isNarrowed) {
    return <Empty title={words.agents.list.none}>{words.agents.list.noneText}</Empty>;
  }
  return (
    <Empty title={words.agents.list.noMatch}>
      <Rich
        text={words.agents.list.noMatchText}
        parts={{
          all: (text) => (
            <Anchor
              component="button"
              type="button"
              inherit
              underline="always"
              onClick={query.clear}
            >
              {text}
            </Anchor>
          ),
        }}
      />
    </Empty>
  );
}

const columns: Column<ListedAgent, AgentOrderField>[] = [
  {
    title: words.agents.fields.agent,
    sortsBy: 'NAME',
    cell: ({ id, name, email, status }) => (
      <>
        <Anchor component={Link} to={`/admin/agents/${encodeURIComponent(id)}`} inherit fw={500}>
          {name}
        </Anchor>
        {/* Most agents are active: only what is unusual is marked. */}
        {status !== 'ACTIVE' && (
          <>
            {' '}
            <AgentStatusMark status={status} />
          </>
        )}
        <Text size="xs" c="dimmed">
          {email}
        </Text>
      </>
    ),
  },
  {
    title: words.agents.fields.type,
    cell: ({ type, role }) => (
      <>
        {words.agents.type[type]}
        {role !== 'AGENT' && (
          <Text size="xs" c="dimmed">
            {words.agents.role[role]}
          </Text>
        )}
      </>
    ),
  },
  { title: words.agents.fields.inUntil, cell: (agent) => <InUntil agent={agent} /> },
  {
    title: words.agents.fields.passes,
    isNumber: true,
    cell: ({ recentDayPasses: recent }) => (recent?.consumed ? writeCount(recent.consumed) : '–'),
  },
  {
    title: words.agents.fields.cost,
    isNumber: true,
    cell: ({ recentDayPasses: recent }) => writeSums(recent?.paidByCurrency ?? []),
  },
  {
    title: words.agents.fields.lastIn,
    cell: ({ recentDayPasses: recent }) =>
      recent?.lastStartsAt ? <Day at={recent.lastStartsAt} /> : '–',
  },
  {
    title: words.agents.fields.sectionsAndZone,
    cell: ({ sections, timeZone }) => (
      <>
        <SectionsInShort sections={sections} />
        <Text size="xs" c="dimmed">
          {placeOf(timeZone)}
        </Text>
      </>
    ),
  },
  {
    title: words.agents.fields.added,
    sortsBy: 'CREATED_AT',
    cell: ({ createdAt }) => <Day at={createdAt} />,
  },
];

/** Without the price of a licence, there is nothing to compare with. */
const columnsWithAdvice: typeof columns = columns.flatMap((column) =>
  column.title === words.agents.fields.lastIn
    ? [
        {
          title: words.agents.advice.title,
          cell: ({ passAdvice }) => (passAdvice ? <AdviceMark advice={passAdvice} /> : '–'),
        },
        column,
      ]
    : [column],
);
