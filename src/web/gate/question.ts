import type { AskGateQueryVariables, Section } from '../generated/gate';

/** What a page asks the gate for: a section of the portal, or one ticket in it. */
export type Question = Required<Pick<AskGateQueryVariables, 'ticketId' | 'ticketExternalId'>> & {
  section: Section;
};

export function isSameQuestion(one: Question, other: Question): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
