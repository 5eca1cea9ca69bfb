import type { AgentPartsFragment, Section } from '../../generated/app';
import { words } from '../../words';

/** An agent, as the pages of agents show it. */
export type Agent = AgentPartsFragment;

/** All sections, in the order in which they are shown. */
export const sections = Object.keys(words.agents.section) as Section[];

/** The sections of a new invitation, as in the API's own default. */
export const usualSections = sections.filter((section) => section !== 'ADMIN');

/** The sections that an occasional agent starts with: the least that lets them work. */
export const leastSections: readonly Section[] = ['TICKETS'];
