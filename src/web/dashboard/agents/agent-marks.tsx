import { Instant } from '../../ui/instant';
import { Mark } from '../../ui/mark';
import { sections as all, type Agent } from './agent-words';
import { words } from '../../words';

const statusColors = { ACTIVE: 'teal', INVITED: 'indigo', DEACTIVATED: 'gray' };

/** An agent's status. */
export function AgentStatusMark({ status }: Pick<Agent, 'status'>) {
  return <Mark label={words.agents.status[status]} color={statusColors[status]} />;
}

/** Until when an agent is in. Full-time agents need no pass. */
export function InUntil({ agent }: { agent: Pick<Agent, 'type' | 'activeDayPass'> }) {
  const { activeDayPass: pass } = agent;
  if (pass) {
    const { expiresAt, expiresAtLocal: local, timeZone } = pass;
    return <Instant at={expiresAt} there={{ local, timeZone }} />;
  }
  return <NoPass type={agent.type} />;
}

/** In the place of the time at which a pass ends. */
export function NoPass({ type }: Pick<Agent, 'type'>) {
  return (
    <span className="quiet">
      {type === 'FULL_TIME' ? words.agents.noPassNeeded : words.agents.noPass}
    </span>
  );
}

/** The number of sections that are named; the rest is counted. */
const namedMax = 2;

/** The sections that an agent may use, in short. */
export function SectionsInShort({ sections }: Pick<Agent, 'sections'>) {
  if (sections.length === 0) return <>{words.agents.sectionsNone}</>;
  if (sections.length === all.length) return <>{words.agents.sectionsAll}</>;
  const names = all
    .filter((section) => sections.includes(section))
    .map((section) => words.agents.section[section]);
  const rest = names.length - namedMax;
  const named = names.slice(0, namedMax).join(', ');
  return (
    <span title={names.join(', ')}>
      {rest > 0 ? words.agents.sectionsMore(named, rest) : named}
    </span>
  );
}
