import type { AskGateQueryVariables, Section } from '../generated/gate';

/** The question of a page: access to a section of the portal, or to one ticket. */
export type Question = Required<Pick<AskGateQueryVariables, 'ticketId' | 'ticketExternalId'>> & {
  section: Section;
};

export function isSameQuestion(one: Question, other: Question): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
