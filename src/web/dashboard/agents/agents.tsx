import { Anchor, Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileImport, IconUserPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import {
  AgentsDocument,
  type AgentOrderField,
  type AgentsQuery as AgentsQueryResult,
} from '../../generated/app';
import { readOf, useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Email } from '../../ui/email';
import { Empty } from '../../ui/empty';
import { Day } from '../../ui/instant';
import type { AskFor } from '../../ui/lazy-pages';
import { PageSize } from '../../ui/page-size';
import { Pager, usePaging } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { readParameters } from '../../ui/use-parameters';
import { useTitle } from '../../ui/use-title';
import { AdminPage } from '../admin-page';
import { agentPath, NameLink } from '../links';
import { Export } from '../ledger/ledger-export';
import { At, TwoLines } from '../ledger/ledger-lines';
import { AdviceMark } from './advice-mark';
import { AgentStatusMark, NoPass, SectionsInShort } from './agent-marks';
import { agentCells } from './agent-cells';
import type { Agent } from './agent-words';
import { agentPages } from './agent-pages';
import { AgentsFilter, readAgentsQuery, useAgentsQuery, type AgentsQuery } from './agents-filter';
import { InviteAgent } from './invite-agent';
import { Rich } from '../../ui/rich';
import { useSelection } from '../../ui/use-selection';
import { BulkBar } from './bulk/bulk-bar';
import { ChooseAll } from './bulk/choose-all';
import { words } from '../../words';
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

export const askForAgents: AskFor = ({ search: given }, ask) => {
  const { field, direction, size, ...filter } = readAgentsQuery(readParameters(given));
  ask(readOf(AgentsDocument, { filter, orderBy: { field, direction }, first: size }));
};

function AgentList() {
  const query = useAgentsQuery();
  const { filter, orderBy, size } = query;
  const paging = usePaging({ filter, orderBy, size }, size);
  const { data, error, refetch } = useApiQuery(AgentsDocument, {
    filter,
    orderBy,
    ...paging.variables,
  });
  const agents = data?.agents;
  const rows = agents?.edges.map(({ node }) => node) ?? [];
  const readPage = useMemo(() => agentPages(filter, orderBy), [filter, orderBy]);
  const selection = useSelection<Agent>();
  return (
    <div className="stack" data-gap="sm">
      <AgentsFilter filter={filter} narrow={query.narrow} />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!agents && !error && <RowsToCome />}
      {agents?.edges.length === 0 && <NoAgents query={query} />}
      {agents && agents.edges.length > 0 && (
        <div>
          <DataTable
            caption={words.agents.title}
            columns={data.account.seatPrice ? columnsWithAdvice : columns}
            rows={rows}
            sorting={orderBy}
            onSort={query.sort}
            selection={{ ...selection, nameOf: ({ name }) => name }}
          />
          <Pager
            paging={paging}
            pageInfo={agents.pageInfo}
            totalCount={agents.totalCount}
            size={size}
          />
          <PageSize size={size} onChange={query.narrow} />
        </div>
      )}
      <Export
        what="agents"
        columns={agentCells}
        readPage={readPage}
        isDisabled={agents?.edges.length === 0}
      />
      <BulkBar
        selection={selection}
        more={
          selection.chosen.size > 0 && (
            <ChooseAll {...{ rows, selection, readPage }} total={agents?.totalCount ?? null} />
          )
        }
      />
    </div>
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
      <div className="gives-way">
        <NameLink to={agentPath(id)} name={name} isMain />
        {/* Most agents are active: only what is unusual is marked. */}
        {status !== 'ACTIVE' && (
          <>
            {' '}
            <AgentStatusMark status={status} />
          </>
        )}
        <span className="second-line">
          <Email address={email} />
        </span>
      </div>
    ),
  },
  {
    title: words.agents.fields.type,
    cell: ({ type, role }) => (
      <>
        {words.agents.type[type]}
        {role !== 'AGENT' && <span className="second-line">{words.agents.role[role]}</span>}
      </>
    ),
  },
  {
    title: words.agents.fields.inUntil,
    cell: ({ type, activeDayPass: pass }) =>
      pass ? (
        <At at={pass.expiresAt} there={{ local: pass.expiresAtLocal, timeZone: pass.timeZone }} />
      ) : (
        <NoPass type={type} />
      ),
  },
  {
    title: words.agents.fields.recent,
    isNumber: true,
    cell: ({ recentDayPasses: recent }) =>
      recent?.consumed ? (
        <TwoLines
          first={words.agents.recentPasses(recent.consumed)}
          second={writeSums(recent.paidByCurrency)}
        />
      ) : (
        '–'
      ),
  },
  {
    title: words.agents.fields.lastIn,
    cell: ({ recentDayPasses: recent }) =>
      recent?.lastStartsAt ? <Day at={recent.lastStartsAt} /> : '–',
  },
  {
    title: words.agents.fields.sectionsAndZone,
    cell: ({ sections, timeZone }) => (
      <div className="gives-way">
        <SectionsInShort sections={sections} />
        <span className="second-line">{placeOf(timeZone)}</span>
      </div>
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
