import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { AuditEventsQuery, AuditSubjectsQuery } from '../../generated/app';
import { actionWords, differencesOf } from './audit-words';

export type Act = NonNullable<AuditEventsQuery['auditEvents']>['edges'][number]['node'];
export type Subject = NonNullable<AuditSubjectsQuery['nodes'][number]>;

/** Whoever did it. */
export function Actor({ actor }: { actor: Act['actor'] }) {
  if (!actor) return 'The service';
  if (actor.__typename === 'Agent') return <AgentLink id={actor.id} name={actor.name} />;
  return actor.__typename === 'Operator' ? actor.operatorName : `Key ${actor.name}`;
}

/** What was done, and to what. */
export function Deed({ act, subject }: { act: Act; subject: Subject | undefined }) {
  return (
    <>
      <Text inherit>{actionWords[act.action] ?? act.action}</Text>
      <Text size="xs" c="dimmed">
        <SubjectName subject={subject} />
      </Text>
    </>
  );
}

function SubjectName({ subject }: { subject: Subject | undefined }) {
  if (!subject) return null;
  if (subject.__typename === 'Agent') return <AgentLink id={subject.id} name={subject.name} />;
  if ('agent' in subject) return <AgentLink id={subject.agent.id} name={subject.agent.name} />;
  return 'name' in subject ? subject.name : null;
}

function AgentLink({ id, name }: { id: string; name: string }) {
  return (
    <Anchor component={Link} to={`/admin/agents/${encodeURIComponent(id)}`} inherit>
      {name}
    </Anchor>
  );
}

/** What is different since. */
export function Differences({ act }: { act: Act }) {
  const before = act.before as Record<string, unknown> | null;
  const after = act.after as Record<string, unknown> | null;
  return (
    <Stack gap={2} className="wraps">
      {differencesOf(before, after).map((difference) => (
        <Text key={difference.field} size="sm">
          <Text span inherit c="dimmed">
            {difference.field}:
          </Text>{' '}
          {difference.before !== null && <del>{difference.before}</del>}
          {difference.before !== null && difference.after !== null && ' → '}
          {difference.after !== null && <ins>{difference.after}</ins>}
        </Text>
      ))}
    </Stack>
  );
}

const doors: Record<Act['origin']['door'], string> = {
  http: 'HTTP',
  websocket: 'WebSocket',
  sse: 'Event stream',
  cli: 'Command line of the operator',
};

/** From where it was asked for. */
export function Origin({ origin: { door, ip, userAgent, requestId } }: Pick<Act, 'origin'>) {
  return (
    <>
      <Text inherit>
        {doors[door]}
        {ip && `, ${ip}`}
      </Text>
      <Text size="xs" c="dimmed" truncate maw={220} title={userAgent ?? undefined}>
        {userAgent}
      </Text>
      <Text size="xs" c="dimmed" truncate maw={220} title={requestId}>
        Request {requestId}
      </Text>
    </>
  );
}
