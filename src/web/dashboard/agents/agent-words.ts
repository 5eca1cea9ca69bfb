import type { AgentPartsFragment, Section } from '../../generated/app';
import { words } from '../../words';

/** An agent, as the pages of agents show it. */
export type Agent = AgentPartsFragment;

/** All sections, in the order in which they are shown. */
export const sections = Object.keys(words.agents.section) as Section[];

/** The sections of a new invitation, as in the API's own default. */
export const usualSections = sections.filter((section) => section !== 'ADMIN');

/** The choices of a field, from the texts of an enumeration. */
export function choicesOf<Value extends string>(
  texts: Readonly<Record<Value, string>>,
): { value: Value; label: string }[] {
  return (Object.keys(texts) as Value[]).map((value) => ({ value, label: texts[value] }));
}
