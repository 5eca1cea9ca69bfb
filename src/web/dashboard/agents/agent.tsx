import { Anchor, Group, Skeleton, Stack, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { AgentByIdDocument } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { Empty } from '../../ui/empty';
import { Problem } from '../../ui/problem';
import { useTitle } from '../../ui/use-title';
import { AdminPage } from '../admin-page';
import { AgentAccess } from './agent-access';
import { AgentDetails } from './agent-details';
import { AgentStatusMark, InUntil } from './agent-marks';
import { AgentPasses } from './agent-passes';
import { AgentTypeCard } from './agent-type-card';

/** One agent: what they are, what they may, what they used. */
export function AgentPage() {
  const { agentId = '' } = useParams();
  return (
    <AdminPage title={<AgentName id={agentId} />}>
      {/* Another agent begins anew, forms and all. */}
      <OneAgent key={agentId} id={agentId} />
    </AdminPage>
  );
}

/** The name, as soon as it has been read: what is outside the gate asks for nothing. */
function AgentName({ id }: { id: string }) {
  const { data } = useApiQuery(AgentByIdDocument, { id }, { enabled: false });
  const name = data?.agent?.name ?? 'Agent';
  useTitle(name);
  return name;
}

function OneAgent({ id }: { id: string }) {
  const { data, error, refetch } = useApiQuery(AgentByIdDocument, { id });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={480} />;
  const { agent } = data;
  if (!agent) {
    return (
      <Empty title="There is no such agent">
        <Anchor component={Link} to="/admin/agents" inherit>
          Back to all agents
        </Anchor>
      </Empty>
    );
  }
  return (
    <Stack>
      <div>
        <Group gap="sm">
          <AgentStatusMark status={agent.status} />
          <Text>{agent.email}</Text>
          {agent.activeDayPass && (
            <Text>
              In until <InUntil agent={agent} />
            </Text>
          )}
        </Group>
        <Group gap="md" mt={4}>
          <Anchor component={Link} to="/admin/agents" size="sm">
            All agents
          </Anchor>
          <Anchor
            component={Link}
            to={`/admin/audit?subject=${encodeURIComponent(agent.id)}`}
            size="sm"
          >
            What was changed of them
          </Anchor>
          <Anchor
            component={Link}
            to={`/admin/audit?actor=${encodeURIComponent(agent.id)}`}
            size="sm"
          >
            What they changed
          </Anchor>
        </Group>
      </div>
      <AgentDetails agent={agent} />
      <AgentTypeCard agent={agent} />
      <AgentAccess agent={agent} />
      <AgentPasses id={agent.id} />
    </Stack>
  );
}
