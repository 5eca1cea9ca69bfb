import type { AgentPartsFragment, AgentType, Section } from '../../../generated/app';

/*
 * What an act would do to each of many agents. The functions are pure; the service judges each agent
 * again when the act is sent.
 */

export type BulkAct = AgentType | 'DEACTIVATE' | 'REACTIVATE' | 'SECTIONS' | 'INVITE';

export interface SectionChange {
  mode: 'ADD' | 'REMOVE' | 'SET';
  sections: readonly Section[];
}

/** Why an agent is left out. */
export type Skip =
  | 'isGone'
  | 'isSoAlready'
  | 'isSelf'
  | 'isLastAdmin'
  | 'isInvited'
  | 'isActivated'
  | 'isDeactivated'
  | 'isSuccessor';

type Agent = AgentPartsFragment;

export interface PlannedRow {
  id: string;
  /** As it is now; if it no longer exists, as it was when it was chosen. */
  agent: Agent;
  /** Null: the act changes this agent. */
  skip: Skip | null;
  /** The sections after the act, if it changes them. */
  sections: readonly Section[];
}

export interface BulkQuestion {
  act: BulkAct;
  /** In the order in which they are changed; `isGone` marks those that were deleted meanwhile. */
  agents: readonly { agent: Agent; isGone: boolean }[];
  change: SectionChange;
  /** Who gets the open tickets of deactivated agents. */
  successorId: string | null;
  /** The person who asks. */
  selfId: string | null;
  /** The number of active full-time admins of the account: one must remain. */
  lastingAdmins: number;
}

export function planActs(question: BulkQuestion): PlannedRow[] {
  const { act, agents, change } = question;
  let admins = question.lastingAdmins;
  return agents.map(({ agent, isGone }) => {
    const sections = act === 'SECTIONS' ? sectionsAfter(agent.sections, change) : agent.sections;
    let skip = isGone ? 'isGone' : skipOf(question, agent, sections);
    if (skip === null && takesAdmin(act, agent)) {
      if (admins <= 1) skip = 'isLastAdmin';
      else admins -= 1;
    }
    return { id: agent.id, agent, skip, sections };
  });
}

function skipOf(
  { act, selfId, successorId }: BulkQuestion,
  { id, type, status, sections }: Agent,
  sectionsThen: readonly Section[],
): Skip | null {
  // The rest of the acts would be refused.
  const isSelf = id === selfId ? 'isSelf' : null;
  switch (act) {
    case 'FULL_TIME':
      return type === act ? 'isSoAlready' : null;
    case 'OCCASIONAL':
      return type === act ? 'isSoAlready' : isSelf;
    case 'DEACTIVATE':
      if (status === 'DEACTIVATED') return 'isSoAlready';
      return id === successorId ? 'isSuccessor' : isSelf;
    case 'REACTIVATE':
      if (status === 'ACTIVE') return 'isSoAlready';
      return status === 'INVITED' ? 'isInvited' : null;
    case 'INVITE':
      if (status === 'ACTIVE') return 'isActivated';
      return status === 'DEACTIVATED' ? 'isDeactivated' : null;
    case 'SECTIONS':
      return isSame(sections, sectionsThen) ? 'isSoAlready' : null;
  }
}

export function sectionsAfter(
  before: readonly Section[],
  { mode, sections }: SectionChange,
): Section[] {
  switch (mode) {
    case 'ADD':
      return [...new Set([...before, ...sections])];
    case 'REMOVE':
      return before.filter((one) => !sections.includes(one));
    case 'SET':
      return [...sections];
  }
}

function isSame(one: readonly Section[], other: readonly Section[]): boolean {
  return one.length === other.length && one.every((section) => other.includes(section));
}

function takesAdmin(act: BulkAct, { role, type, status }: Agent): boolean {
  const isLasting = role === 'ACCOUNT_ADMIN' && type === 'FULL_TIME' && status === 'ACTIVE';
  return isLasting && (act === 'OCCASIONAL' || act === 'DEACTIVATE');
}
