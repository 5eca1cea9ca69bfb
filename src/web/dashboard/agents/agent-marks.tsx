import { Text } from '@mantine/core';
import { Instant } from '../../ui/instant';
import { Mark } from '../../ui/mark';
import { sections as all, sectionWords, statusWords, type Agent } from './agent-words';

/** Where an agent stands. */
export function AgentStatusMark({ status }: Pick<Agent, 'status'>) {
  return <Mark {...statusWords[status]} />;
}

/** Until when an agent is in; full-time agents need no pass. */
export function InUntil({ agent }: { agent: Pick<Agent, 'type' | 'activeDayPass'> }) {
  const { activeDayPass: pass } = agent;
  if (pass) return <Instant at={pass.expiresAt} local={pass.expiresAtLocal} />;
  return (
    <Text span c="dimmed" inherit>
      {agent.type === 'FULL_TIME' ? 'Needs no pass' : 'No pass now'}
    </Text>
  );
}

/** How many sections are named before the rest is counted. */
const namedMax = 2;

/** The sections that an agent may use, in a few words. */
export function SectionsInShort({ sections }: Pick<Agent, 'sections'>) {
  if (sections.length === 0) return <>None</>;
  if (sections.length === all.length) return <>All</>;
  const names = all
    .filter((section) => sections.includes(section))
    .map((section) => sectionWords[section]);
  const rest = names.length - namedMax;
  return (
    <span title={names.join(', ')}>
      {names.slice(0, namedMax).join(', ')}
      {rest > 0 && ` and ${rest} more`}
    </span>
  );
}
