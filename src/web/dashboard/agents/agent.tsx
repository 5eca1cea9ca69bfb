import { Anchor, Group, Text } from '@mantine/core';
import { memo } from 'react';
import { Link, useParams } from 'react-router';
import {
  AgentByIdDocument,
  LedgerConsumptionsDocument,
  LedgerTotalDocument,
  type AgentByIdQuery,
} from '../../generated/app';
import { clockRead } from '../../session/use-account-now';
import { readOf, useApiQuery } from '../../session/use-api-query';
import { Empty } from '../../ui/empty';
import type { AskFor } from '../../ui/lazy-pages';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { useTitle } from '../../ui/use-title';
import { AdminPage } from '../admin-page';
import { passesShown } from '../history/pass-list';
import { readHistory } from '../history/use-period';
import { maySeeTickets } from '../ledger/ledger-news';
import { NameLink } from '../links';
import { AgentAccess } from './agent-access';
import { AgentDetails } from './agent-details';
import { AgentStatusMark, InUntil } from './agent-marks';
import { AgentPasses } from './agent-passes';
import { AgentTypeCard } from './agent-type-card';
import { Rich } from '../../ui/rich';
import { words } from '../../words';

/** One agent: details, type, access and day passes. */
export function AgentPage() {
  const { agentId = '' } = useParams();
  return (
    <AdminPage title={<AgentName id={agentId} />}>
      {/* Another agent starts with fresh state, forms included. */}
      <OneAgent key={agentId} id={agentId} />
    </AdminPage>
  );
}

export const askForAgent: AskFor = ({ params, search, viewer }, ask) => {
  const { agentId: id = '' } = params;
  const filter = readHistory({ agent: id }, search, viewer.account.timeZone);
  ask(readOf(AgentByIdDocument, { id }));
  ask(readOf(LedgerTotalDocument, { filter }));
  const withTickets = maySeeTickets(viewer);
  ask(readOf(LedgerConsumptionsDocument, { filter, withTickets, first: passesShown }));
  ask(clockRead);
};

/** The name, once it was read: the part outside the gate reads nothing itself. */
function AgentName({ id }: { id: string }) {
  const { data } = useApiQuery(AgentByIdDocument, { id }, { enabled: false });
  const name = data?.agent?.name ?? words.agents.page.agent;
  useTitle(name);
  return name;
}

function OneAgent({ id }: { id: string }) {
  const { data, error, refetch } = useApiQuery(AgentByIdDocument, { id });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  const agent = data?.agent;
  if (data && !agent) {
    return (
      <Empty title={words.agents.page.notFound}>
        <Anchor component={Link} to="/admin/agents" inherit>
          {words.agents.page.back}
        </Anchor>
      </Empty>
    );
  }
  return (
    <div className="stack">
      {agent ? <Head agent={agent} /> : <RowsToCome rows={5} />}
      {agent && <AgentDetails agent={agent} />}
      {/* Read beside the agent, not after it. */}
      <AgentPasses id={id} recent={agent?.recentDayPasses ?? null} />
    </div>
  );
}

/** Who it is, and what the agent may do. Another period draws only the passes again. */
const Head = memo(function Head({ agent }: { agent: NonNullable<AgentByIdQuery['agent']> }) {
  const id = encodeURIComponent(agent.id);
  return (
    <>
      <div>
        <Group gap="sm">
          {agent.status !== 'ACTIVE' && <AgentStatusMark status={agent.status} />}
          <Text>{agent.email}</Text>
          {agent.activeDayPass && (
            <Text>
              <Rich
                text={words.agents.page.inUntil}
                parts={{ time: () => <InUntil agent={agent} /> }}
              />
            </Text>
          )}
        </Group>
        <div className="links">
          <NameLink to="/admin/agents" name={words.agents.page.all} />
          <NameLink to={`/admin/audit?subject=${id}`} name={words.agents.page.changesTo} />
          <NameLink to={`/admin/audit?actor=${id}`} name={words.agents.page.changesBy} />
        </div>
      </div>
      <div className="side-by-side">
        <AgentTypeCard agent={agent} advice={agent.passAdvice} />
        <AgentAccess agent={agent} />
      </div>
    </>
  );
});
