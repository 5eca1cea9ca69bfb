import { Stack, Text } from '@mantine/core';
import type { AuditEventsQuery } from '../../generated/app';
import { differencesOf } from './audit-words';
import { words } from '../../words';
import { agentPath, NameLink } from '../links';

export type Act = NonNullable<AuditEventsQuery['auditEvents']>['edges'][number]['node'];

/** Who did it. */
export function Actor({ actor }: { actor: Act['actor'] }) {
  if (!actor) return words.audit.service;
  if (actor.__typename === 'Agent')
    return <NameLink to={agentPath(actor.id)} name={actor.name} isInText />;
  return actor.__typename === 'Operator' ? actor.operatorName : words.audit.key(actor.name);
}

/** What was acted on. `otherwise`: the name that the act has of it, if it no longer exists. */
export function SubjectName({
  subject,
  otherwise,
}: {
  subject: Act['subject'];
  otherwise: string;
}) {
  if (!subject) return otherwise;
  const agent =
    subject.__typename === 'Agent' ? subject : 'agent' in subject ? subject.agent : null;
  if (agent) return <NameLink to={agentPath(agent.id)} name={agent.name} isInText />;
  return 'name' in subject ? subject.name : otherwise;
}

/** What the action changed. */
export function Differences({ act }: { act: Act }) {
  const before = act.before as Record<string, unknown> | null;
  const after = act.after as Record<string, unknown> | null;
  return (
    <Stack gap={2}>
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

/** From where the request came. */
export function Origin({ origin: { door, ip, userAgent, requestId } }: Pick<Act, 'origin'>) {
  return (
    <Stack gap={2}>
      <Text size="sm">
        {words.audit.from(
          ip ? words.audit.doorAndAddress(words.audit.doors[door], ip) : words.audit.doors[door],
        )}
      </Text>
      <Text size="xs" c="dimmed" className="heading">
        {userAgent}
      </Text>
      <Text size="xs" c="dimmed" className="heading">
        {words.audit.request(requestId)}
      </Text>
    </Stack>
  );
}
