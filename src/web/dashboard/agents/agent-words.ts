import type {
  AgentPartsFragment,
  AgentRole,
  AgentStatus,
  AgentType,
  Section,
} from '../../generated/app';

/** An agent, as the pages of agents show one. */
export type Agent = AgentPartsFragment;

export const typeWords: Record<AgentType, string> = {
  FULL_TIME: 'Full-time',
  OCCASIONAL: 'Occasional',
};

/** What a type means for whoever pays. */
export const typeMeanings: Record<AgentType, string> = {
  FULL_TIME: 'On a monthly licence. Comes in whenever they like and never uses a day pass.',
  OCCASIONAL: 'Costs nothing until they come in; then one day pass for each day that they do.',
};

export const statusWords: Record<AgentStatus, { says: string; color: string }> = {
  ACTIVE: { says: 'Active', color: 'teal' },
  INVITED: { says: 'Invited', color: 'indigo' },
  DEACTIVATED: { says: 'Deactivated', color: 'gray' },
};

export const roleWords: Record<AgentRole, string> = {
  AGENT: 'Agent',
  ACCOUNT_ADMIN: 'Account admin',
};

export const sectionWords: Record<Section, string> = {
  TICKETS: 'Tickets',
  PROBLEMS: 'Problems',
  CHANGES: 'Changes',
  RELEASES: 'Releases',
  ASSETS: 'Assets',
  SOLUTIONS: 'Solutions',
  REPORTS: 'Reports',
  ADMIN: 'Admin settings',
};

/** All sections, in the order in which they are shown. */
export const sections = Object.keys(sectionWords) as Section[];

/** What somebody who is invited may use unless it is said otherwise: the API's own default. */
export const usualSections = sections.filter((section) => section !== 'ADMIN');

/** The choices of a field, from its words. */
export function choicesOf<Value extends string>(
  words: Record<Value, string>,
): { value: Value; label: string }[] {
  return (Object.keys(words) as Value[]).map((value) => ({ value, label: words[value] }));
}
